package dev.bauta.proxy.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.Relation;
import dev.bauta.mask.Mask;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.rulefile.Access;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.StatementKind;
import dev.bauta.text.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each role sees of each column of a database at one moment, to be kept and compared with what it is later. Holds names and
 * digests of masks: no value, no parameter of a mask, no key. Immutable.
 *
 * @param version of the format, {@value #VERSION}
 * @param roles access by role, in lower case
 * @param order the roles in the order in which they are tried; null where that was not saved
 * @param conditions by role, a digest of whom it is for; null where that was not saved
 * @param functions patterns of the functions that are allowed; null where these were not saved
 * @param denied by masked role, the kinds of statements that are not allowed; null where that was not saved
 * @param ends by what entries of the rules are about, when they end; null where that was not saved
 * @param key changes with the master key; empty without one
 * @param relations tables and views by name, as patterns of rules spell it
 */
public record Survey(
        int version,
        SortedMap<String, String> roles,
        @Nullable List<String> order,
        @Nullable SortedMap<String, String> conditions,
        @Nullable SortedSet<String> functions,
        @Nullable SortedMap<String, SortedSet<String>> denied,
        @Nullable SortedMap<String, String> ends,
        String key,
        SortedMap<String, SurveyedRelation> relations) {
    static final int VERSION = 1;
    static final String NO_END = "no end";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int DIGEST_DIGITS = 12;

    public Survey {
        roles = Collections.unmodifiableSortedMap(new TreeMap<>(roles));
        order = order == null ? null : List.copyOf(order);
        conditions = conditions == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
        functions = functions == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(functions));
        denied = denied == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(denied));
        ends = ends == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(ends));
        relations = Collections.unmodifiableSortedMap(new TreeMap<>(relations));
    }

    /**
     * A table or view.
     *
     * @param columns its columns by name
     * @param rows by role, a digest of the condition on the rows that are shown; absent where all are
     * @param writable the masked roles that may write it although it is protected from them; null where that was not saved
     */
    public record SurveyedRelation(
            SortedMap<String, SurveyedColumn> columns,
            SortedMap<String, String> rows,
            @Nullable SortedSet<String> writable) {
        public SurveyedRelation {
            columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
            rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
            writable = writable == null ? null : Collections.unmodifiableSortedSet(new TreeSet<>(writable));
        }

        /** True when a role does not see it as it is. */
        boolean isProtectedFrom(String role) {
            return rows.containsKey(role)
                    || columns.values().stream()
                            .anyMatch(column -> column.seen().containsKey(role));
        }
    }

    /**
     * A column.
     *
     * @param type its type
     * @param seen by masked role, what it sees of the column; absent where it sees raw values
     */
    public record SurveyedColumn(String type, SortedMap<String, Sight> seen) {
        public SurveyedColumn {
            seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
        }
    }

    /**
     * What a role sees of a column that is not raw.
     *
     * @param mask the mask's name, {@code refused} where statements that take the column are refused
     * @param digest of what the mask computes
     * @param rule which rule says so, or why it is so
     */
    public record Sight(String mask, String digest, String rule) {
        static final String REFUSED = "refused";

        boolean isRefused() {
            return mask.equals(REFUSED);
        }

        /** Whether somebody who looks sees the same, whichever rule says so. */
        boolean looksLike(@Nullable Sight other) {
            return other != null && mask.equals(other.mask) && digest.equals(other.digest);
        }
    }

    /** A file that holds no survey. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message, null, false, false);
        }
    }

    /** What everybody sees. */
    public static Survey of(RolePolicies policies) {
        SortedMap<String, String> roles = new TreeMap<>();
        policies.roles()
                .forEach(role -> roles.put(role.name(), role.access().name().toLowerCase(Locale.ROOT)));
        SortedMap<String, SurveyedRelation> relations = new TreeMap<>();
        Map<MaskOfType, String> digests = new HashMap<>();
        CatalogSnapshot catalog = policies.catalog();
        for (Relation relation : Names.relations(catalog)) {
            relations.put(Names.of(relation), survey(relation, policies, digests));
        }
        RuleSet rules = policies.current();
        byte[] check = rules.keys().checkValue();
        SortedMap<String, String> conditions = new TreeMap<>();
        rules.roles()
                .forEach(role ->
                        conditions.put(role.name(), digest(role.conditions().toString())));
        SortedMap<String, SortedSet<String>> denied = new TreeMap<>();
        policies.roles().stream()
                .filter(role -> role.access() == Access.MASKED)
                .forEach(role -> denied.put(role.name(), denied(policies.policyOf(role))));
        SortedMap<String, String> ends = new TreeMap<>();
        rules.ends()
                .forEach((subject, moments) ->
                        ends.put(subject, moments.stream().map(Survey::end).collect(Collectors.joining(", "))));
        return new Survey(
                VERSION,
                roles,
                policies.roles().stream().map(Role::name).toList(),
                conditions,
                rules.allowedFunctions().stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)),
                denied,
                ends,
                check.length == 0 ? "" : digest(HexFormat.of().formatHex(check)),
                relations);
    }

    private static SortedSet<String> denied(Policy policy) {
        return policy.deniedStatements().stream()
                .map(StatementKind::word)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String end(Instant moment) {
        return moment.equals(Instant.MAX) ? NO_END : moment.toString();
    }

    /** What computes the same in every column. */
    private record MaskOfType(Mask mask, ColumnType type) {
        String computeDigest() {
            return digest(mask.sql("r.v", type));
        }
    }

    private static SurveyedRelation survey(Relation relation, RolePolicies policies, Map<MaskOfType, String> digests) {
        SortedMap<String, String> rows = new TreeMap<>();
        SortedSet<String> writable = new TreeSet<>();
        SortedMap<String, SortedMap<String, Sight>> seen = new TreeMap<>();
        relation.columns().forEach(column -> seen.put(column.name(), new TreeMap<>()));
        for (Role role : policies.roles()) {
            if (role.access() != Access.MASKED) {
                continue;
            }
            Protection protection = policies.policyOf(role).protection(relation);
            if (protection instanceof Protection.Refused refused) {
                seen.values()
                        .forEach(sights -> sights.put(role.name(), new Sight(Sight.REFUSED, "", refused.reason())));
            } else if (protection instanceof Protection.Masked masked) {
                if (masked.isFiltered()) {
                    rows.put(role.name(), digest(masked.rowCondition()));
                }
                if (masked.writable()) {
                    writable.add(role.name());
                }
                masked.columns().values().forEach(column -> seen.getOrDefault(
                                column.column().name(), new TreeMap<>())
                        .put(role.name(), sight(column, digests)));
            }
        }
        SortedMap<String, SurveyedColumn> columns = new TreeMap<>();
        for (Column column : relation.columns()) {
            columns.put(
                    column.name(),
                    new SurveyedColumn(column.type().sql(), seen.getOrDefault(column.name(), new TreeMap<>())));
        }
        return new SurveyedRelation(columns, rows, writable);
    }

    private static Sight sight(MaskedColumn masked, Map<MaskOfType, String> digests) {
        return masked.isRefused()
                ? new Sight(Sight.REFUSED, "", masked.rule())
                : new Sight(
                        masked.mask().name(),
                        digests.computeIfAbsent(
                                new MaskOfType(masked.mask(), masked.column().type()), MaskOfType::computeDigest),
                        masked.rule());
    }

    private static String digest(String text) {
        return Sha256.hex(text).substring(0, DIGEST_DIGITS);
    }

    /** The file's text, one JSON document. */
    public String text() {
        try {
            return MAPPER.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings can be written", e);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws UnreadableException when the text is something else
     */
    public static Survey parse(String text) throws UnreadableException {
        try {
            Survey survey = MAPPER.readValue(text, Survey.class);
            if (survey == null || survey.version != VERSION) {
                throw new UnreadableException("it is of another version");
            }
            return survey;
        } catch (JsonProcessingException e) {
            throw new UnreadableException("it was not written by bauta check");
        }
    }
}
