package dev.bauta.mask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bauta.mask.SampleTables.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The masks that the contract tests try, as a rule file writes their parameters. */
final class MaskCases {
    private static final List<String> STEPS = List.of(
            "{step: 2}",
            "{step: 10, unit: year}",
            "{step: 3, unit: decade}",
            "{step: 5, unit: century}",
            "{step: 0.125, unit: minute}",
            "{step: 1000, unit: quarter}",
            "{digits: 2, unit: month}",
            "{digits: 1, unit: week}",
            "{digits: -3, unit: day}",
            "{step: 0.25, unit: hour}",
            "{step: 0.3}",
            "{step: 2.5}",
            "{step: 7}",
            "{step: 32767}",
            "{step: 32768}",
            "{step: 2000000000}",
            "{step: 2147483647}",
            "{step: 1e18}",
            "{step: 1e-18}",
            "{digits: 18}");

    private static final Map<String, List<String>> CASES = Map.ofEntries(
            Map.entry("null", List.of("{}")),
            Map.entry(
                    "constant",
                    List.of(
                            "{value: ''}",
                            "{value: 'x'}",
                            "{value: 'x '}",
                            "{value: 'O''Neill \\ 😀'}",
                            "{value: 0}",
                            "{value: 7, maskNull: true}",
                            "{value: 30000}",
                            "{value: 2147483648}",
                            "{value: -9223372036854775807}",
                            "{value: 99999999999999999999}",
                            "{value: 0.25}",
                            "{value: 1.5e300}",
                            "{value: true}",
                            "{value: '2001-02-03'}",
                            "{value: '2001-02-03 04:05:06'}",
                            "{value: '2001-02-03T04:05:06.123456'}",
                            "{value: '2001-02-03T04:05:06.123+05:45', maskNull: true}",
                            "{value: '04:05:06.78'}",
                            "{value: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'}",
                            "{value: [1, 2.50, 'a\"b', null]}",
                            "{value: {bb: 1, a: {c: 'x\ty'}, aaa: false}}")),
            Map.entry("redact", List.of("{}")),
            Map.entry(
                    "partial",
                    List.of(
                            "{}",
                            "{first: 1}",
                            "{last: 4}",
                            "{first: 2, last: 2, character: '•'}",
                            "{first: 3, last: 1, character: '\\', width: 1}",
                            "{first: 1, last: 1, width: 1000}",
                            "{first: 1, last: 2, hide: 5}",
                            "{first: 1, keepLength: true}",
                            "{last: 4, keepLength: true, character: '😀'}",
                            "{first: 1, last: 2, keepFormat: true}",
                            "{keepFormat: true, character: '\\', hide: 3}",
                            "{from: 2, to: 3}",
                            "{from: 3, to: 9, hide: 2}",
                            "{from: 1, to: 2, width: 1000}",
                            "{from: 2, to: 3, keepLength: true}",
                            "{from: 2, to: 2, keepFormat: true, character: '&'}",
                            "{before: '@'}",
                            "{before: ' ', keepLength: true, hide: 2}",
                            "{before: '-', keepFormat: true}",
                            "{after: '@', width: 7}",
                            "{after: '.', keepLength: true}",
                            "{after: '😀', keepFormat: true}",
                            "{after: 'b', hide: 3}",
                            "{first: 1000, last: 1000}")),
            Map.entry(
                    "email",
                    List.of("{}", "{first: 0}", "{first: 3}", "{keepDomain: true}", "{first: 2, keepDomain: true}")),
            Map.entry(
                    "hash",
                    List.of(
                            "{}",
                            "{domain: customers}",
                            "{length: 1}",
                            "{length: 9, domain: a_2345678901234567890123456789}",
                            "{length: 33}")),
            Map.entry("round", STEPS),
            Map.entry("truncate", STEPS),
            Map.entry("phone", List.of("{}", "{last: 0}", "{keepCountry: true, last: 4}")),
            Map.entry("card", List.of("{}", "{first: 6}", "{first: 1, last: 0}")),
            Map.entry("iban", List.of("{}", "{last: 4}")),
            Map.entry("zip3", List.of("{}", "{length: 5, first: 2}", "{length: 3, first: 0}")),
            Map.entry(
                    "regex",
                    List.of(
                            "{pattern: 'a', replacement: ''}",
                            "{pattern: '[^@ ]+@', replacement: '<\\\\>@', otherwise: keep}",
                            "{pattern: '^(.{2})(.*)(.)$', replacement: '\\1-\\3'}",
                            "{pattern: 'a?[ab]{1,2}(b*)', replacement: '[\\1]', otherwise: keep}",
                            "{pattern: '(\\d{1,4})\\D?(\\d+)$', replacement: '\\2&\\1', otherwise: keep}",
                            "{pattern: '[^\\w\\s]', replacement: '\\\\', otherwise: keep}",
                            "{pattern: '[\\W_-z]+[\\]^\\-]?', replacement: '\\\\&', otherwise: keep}",
                            "{pattern: '[à-ÿ😀漢]', replacement: '😀', otherwise: keep}")),
            Map.entry(
                    "text", List.of("{}", "{find: [email]}", "{find: [phone, ip]}", "{find: [card]}", "{find: [id]}")),
            Map.entry(
                    "token",
                    List.of(
                            "{}",
                            "{prefix: '', length: 4}",
                            "{prefix: 'c:', length: 7, domain: customers}",
                            "{length: 43}")),
            Map.entry("pseudonym", List.of("{}", "{domain: customers}")),
            Map.entry("uuid", List.of("{}", "{domain: customers}")),
            Map.entry(
                    "fake",
                    List.of(
                            "{kind: first_name}",
                            "{kind: last_name, locale: de}",
                            "{kind: full_name, locale: fr, domain: customers}",
                            "{kind: street, locale: it}",
                            "{kind: city, locale: es}",
                            "{kind: company}",
                            "{kind: user_name, locale: de}",
                            "{kind: email, locale: es}")),
            Map.entry(
                    "bucket",
                    List.of(
                            "{width: 10}",
                            "{width: 10, show: middle}",
                            "{width: 7, show: middle}",
                            "{width: 0.25}",
                            "{width: 2.5, show: middle}",
                            "{width: 32767}",
                            "{width: 2147483647, show: middle}",
                            "{width: 1e18}",
                            "{width: 1e-18}")),
            Map.entry(
                    "range",
                    List.of("{bounds: [0, 18, 30, 50, 65]}", "{bounds: [-100.5, 0, 0.25, 99]}", "{bounds: [100]}")),
            Map.entry(
                    "network",
                    List.of(
                            "{}",
                            "{v4: 0, v6: 0}",
                            "{v4: 31, v6: 127}",
                            "{v4: 17, v6: 99}",
                            "{v4: 9, v6: 127}",
                            "{v6: 33}")),
            Map.entry("geo", List.of("{step: 0.1}", "{step: 0.25}", "{step: 5}", "{step: 1e-6}")),
            Map.entry("shift", List.of("{by: id}", "{by: id, days: 1}", "{by: id, days: 36500, domain: customers}")),
            Map.entry(
                    "noise",
                    List.of(
                            "{most: 1, days: 1}",
                            "{most: 1000, days: 30}",
                            "{most: 0.5}",
                            "{most: 25000000, days: 36500, domain: customers}",
                            "{most: 1e15}",
                            "{most: 1e-9}",
                            "{most: 100, days: 10, per: query}")),
            Map.entry(
                    "randomize",
                    List.of(
                            "{epsilon: 1, by: id, values: [true, false]}",
                            "{epsilon: 0.01, by: id, values: [a, b, 'a ', '', 'O''Neill \\', 😀, other]}",
                            "{epsilon: 3, by: id, values: [a, b]}",
                            "{epsilon: 2.5, by: id, values: [-1, 0, 7, 32767], domain: customers}",
                            "{epsilon: 1, by: id, min: 0, max: 0.008, step: 0.001}",
                            "{epsilon: 1, by: id, min: -10, max: 20, step: 1}",
                            "{epsilon: 10, by: id, min: 0, max: 1, step: 0.25}",
                            "{epsilon: 0.5, by: id, min: -1e18, max: 1e18, step: 1e18}",
                            "{epsilon: 3, by: id, min: 0, max: 32000, step: 1000}",
                            "{epsilon: 3, by: id, min: -0.1, max: 0.1, step: 0.2}")),
            Map.entry(
                    "each",
                    List.of(
                            "{mask: {type: partial, first: 1}}",
                            "{mask: {type: hash, length: 6}}",
                            "{mask: {type: round, step: 10}}",
                            "{mask: {type: truncate, unit: year}}",
                            "{mask: {type: noise, most: 0.5, days: 3}}",
                            "{mask: {type: json, paths: {a: {type: hash, length: 4}}}}",
                            "{mask: 'null'}")),
            Map.entry(
                    "sql",
                    List.of(
                            "{expression: value}",
                            "{expression: \"CASE WHEN id < 0 AND NOT id + 1 IN (7, 8) THEN NULL WHEN left(value::text, 2) || 'x' <> 'q\\\\'"
                                    + " AND length(replace(value::text COLLATE \\\"C\\\", '''', 'a')) >= 0 AND coalesce(id, 2) % 3 > -1 THEN value END\"}",
                            "{expression: 'CASE WHEN value IS NULL OR id BETWEEN 1 AND 1000000 THEN value END', maskNull: true}")),
            Map.entry(
                    "json",
                    List.of(
                            "{paths: {a: redact}}",
                            "{paths: {$: {type: hash, length: 9}}}",
                            "{paths: {'a[*].b': {type: round, step: 0.5}, a.c: 'null', b: {type: pseudonym}, 'c[*][*]': redact}}",
                            "{paths: {'$[*]': {type: partial, first: 1}}}",
                            "{paths: {'a[*]': {type: hash, length: 4}, 'b[*].c[*]': 'null', '$.\"a.b\"': email, 'b[*].d': redact}}")));

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * One mask.
     *
     * @param mask the mask
     * @param parameters its parameters in YAML
     */
    record Case(Mask mask, String parameters) {
        /** True when the mask can be used for the table's column {@code v}. */
        boolean fits(Sample sample) {
            return bound(sample).fits(sample.type());
        }

        /** The SQL form for the table's column {@code v}, where the table is called {@code r}. */
        String sql(Sample sample) {
            return bound(sample).sql("r.v", sample.type());
        }

        /** True where there is a Java form for the table's column {@code v}. */
        boolean hasJavaForm(Sample sample) {
            return bound(sample) instanceof ValueMask || bound(sample) instanceof SubjectMask;
        }

        /**
         * The Java form's answer; what SQL gave for a mask that has none.
         *
         * @param result the raw value, what SQL gave, and the row's {@code id}
         */
        @Nullable
        Object value(ResultSet result, Sample sample) throws SQLException {
            Object raw = sample.read(result, 1);
            Mask bound = bound(sample);
            if (bound instanceof SubjectMask function) {
                return function.value(raw, result.getObject(3), sample.type());
            }
            return bound instanceof ValueMask function ? function.value(raw, sample.type()) : sample.read(result, 2);
        }

        /** False where each look gives another answer. */
        boolean isDeterministic() {
            return !parameters.contains("per: query");
        }

        private Mask bound(Sample sample) {
            try {
                return mask.in(sample.row());
            } catch (MaskParameterException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return mask.name() + " " + parameters;
        }
    }

    private MaskCases() {}

    /**
     * All of them, in the order of {@link Masks#names}. While one works on a mask, {@code -Dbauta.test.masks=partial,email} tries those
     * alone, to be quicker.
     */
    static List<Case> all(KeyRing keys) throws Exception {
        List<String> names = List.of(System.getProperty("bauta.test.masks", String.join(",", Masks.names()))
                .split(","));
        List<Case> cases = new ArrayList<>();
        for (String name : names) {
            for (String parameters : CASES.getOrDefault(name, List.of())) {
                cases.add(new Case(mask(name, parameters, keys), parameters));
            }
        }
        return cases;
    }

    /** One mask from its name and the YAML of its parameters. */
    static Mask mask(String name, String parameters, KeyRing keys) throws MaskParameterException {
        return Masks.parse(name, parameters(parameters), keys);
    }

    /** One mask from the YAML that stands for it in another mask. */
    static Mask nested(String yaml, KeyRing keys) throws MaskParameterException {
        return NestedMasks.parse(parameters(yaml), "mask", keys);
    }

    private static Map<String, Object> parameters(String yaml) {
        try {
            return YAML.readValue(yaml, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }
}
