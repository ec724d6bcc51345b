package dev.bauta.mask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.mask.MaskCases.Case;
import dev.bauta.mask.SampleTables.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.geometric.PGpoint;

/** Every mask, on every type that it fits, over hostile and random values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskContractTest {
    private static final long SEED = Long.getLong("bauta.test.seed", System.nanoTime());

    /** The masks that do not fit a type of the right kind for want of room. */
    private static final Map<String, Set<String>> TOO_NARROW = Map.ofEntries(
            Map.entry("numeric(2,4)", Set.of("hash", "range", "pseudonym")),
            Map.entry("numeric(4,4)", Set.of("hash", "range", "pseudonym")),
            Map.entry("numeric(4,-2)", Set.of("hash", "geo", "pseudonym")),
            Map.entry("varchar(1)", Set.of("token", "uuid")),
            Map.entry("varchar(3)", Set.of("token", "uuid")),
            Map.entry("varchar(9)", Set.of("uuid")),
            Map.entry("char(1)", Set.of("token", "uuid")),
            Map.entry("char(9)", Set.of("uuid")),
            Map.entry("public.code", Set.of("uuid")),
            Map.entry("public.phone", Set.of("uuid")),
            Map.entry("public.office_phone", Set.of("uuid")));

    private final KeyRing keys =
            KeyRing.of("0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    private List<Case> cases = List.of();
    private SampleTables tables;

    /** What one mask does to one table. */
    private interface Check {
        void run(Case mask, Sample sample) throws SQLException;
    }

    @BeforeAll
    void createTables() throws Exception {
        System.out.println("MaskContractTest: -Dbauta.test.seed=" + SEED);
        cases = MaskCases.all(keys);
        tables = SampleTables.create(keys, SEED);
    }

    private void forEachFit(Check check) throws SQLException {
        for (Case mask : cases) {
            for (Sample sample : tables.samples()) {
                if (mask.fits(sample)) {
                    check.run(mask, sample);
                }
            }
        }
    }

    @Test
    void bothFormsGiveTheSameAnswerAndRaiseNoError() throws Exception {
        List<String> differences = new ArrayList<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            forEachFit((mask, sample) -> {
                String sql = "SELECT v, " + mask.sql(sample) + ", id FROM " + sample.table() + " AS r ORDER BY id";
                try (ResultSet result = statement.executeQuery(sql)) {
                    findDifference(mask, sample, result).ifPresent(differences::add);
                } catch (SQLException e) {
                    differences.add(mask + " on " + sample + ": " + e.getMessage() + " in " + sql);
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void onlyTheseHaveNoJavaForm() throws Exception {
        Set<String> without = new LinkedHashSet<>();
        forEachFit((mask, sample) -> {
            if (!mask.hasJavaForm(sample)) {
                without.add(mask.toString());
            }
        });
        assertThat(without)
                .allMatch(mask -> mask.startsWith("sql ") || mask.startsWith("noise ") && mask.contains("per: query"));
    }

    /** Apart from the other values, since each of these takes Java half a second to read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"round | {step: 1e18}", "round | {step: 1e-18}", "range | {bounds: [0]}"})
    void numbersAtTheEndsOfNumericRaiseNoError(String name, String parameters) throws Exception {
        Case mask = new Case(MaskCases.mask(name, parameters, keys), parameters);
        Sample numeric = tables.sample("numeric");
        String ends = "(VALUES ('9.5e131071'::numeric), ('-9.99e131071'), ('1e-16383')) t(v)";
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT v, " + mask.mask().sql("v", numeric.type()) + " FROM " + ends)) {
            assertThat(findDifference(mask, numeric, result)).isEmpty();
        }
    }

    /** In SQL alone: Java takes seconds to minutes for such numbers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noise | {most: 1e15}",
                "noise | {most: 1e-9}",
                "noise | {most: 1e15, per: query}",
                "bucket | {width: 1e18}",
                "bucket | {width: 1e-18, show: middle}"
            })
    void theEndsOfNumericRaiseNoErrorInSql(String name, String parameters) throws Exception {
        Mask mask = MaskCases.mask(name, parameters, keys);
        String sql = mask.sql("v", tables.sample("numeric").type());
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(" + sql
                        + ") FROM (VALUES ('9.5e131071'::numeric), ('-9.99e131071'), ('1e-16383')) t(v)")) {
            result.next();
            assertThat(result.getInt(1)).isEqualTo(3);
        }
    }

    private static Optional<String> findDifference(Case mask, Sample sample, ResultSet result) throws SQLException {
        while (result.next()) {
            Object sql = comparable(sample.read(result, 2));
            Object java = comparable(mask.value(result, sample));
            if (!Objects.equals(sql, java)) {
                return Optional.of(
                        "%s of %s '%s': SQL gives %s, Java %s".formatted(mask, sample, result.getString(1), sql, java));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof PGpoint point) {
            return point.toString();
        }
        if (value instanceof List<?> array) {
            return array.stream().map(MaskContractTest::comparable).toList();
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }

    @Test
    void theSqlFormKeepsTypeAndTypmodAndBringsInNoCollation() throws Exception {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            forEachFit((mask, sample) -> {
                statement.execute("CREATE TEMP TABLE masked AS SELECT " + mask.sql(sample) + " AS v FROM "
                        + sample.table() + " AS r LIMIT 0");
                try (ResultSet result = statement.executeQuery(
                        "SELECT a.atttypid, a.atttypmod, a.attcollation IN (raw.attcollation, t.typcollation)"
                                + " FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid, pg_attribute raw"
                                + " WHERE a.attrelid = 'masked'::regclass AND a.attname = 'v'"
                                + " AND raw.attrelid = '" + sample.table() + "'::regclass AND raw.attname = 'v'")) {
                    result.next();
                    assertThat(result.getBoolean(3))
                            .as("collation of %s on %s", mask, sample)
                            .isTrue();
                    assertThat(List.of(result.getLong(1), result.getLong(2)))
                            .as("%s on %s", mask, sample)
                            .containsExactly((long) sample.type().oid(), (long)
                                    sample.type().typmod());
                }
                statement.execute("DROP TABLE masked");
            });
        }
    }

    @Test
    void theSqlFormKeepsNullAndMasksEveryOtherValueToNotNull() throws Exception {
        Set<String> replaceNull =
                Set.of("{value: 7, maskNull: true}", "{value: '2001-02-03T04:05:06.123+05:45', maskNull: true}");
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            forEachFit((mask, sample) -> {
                String sql = "SELECT DISTINCT v IS NULL, (" + mask.sql(sample) + ") IS NULL FROM " + sample.table()
                        + " AS r WHERE v IS NULL OR v IS NOT NULL ORDER BY 1";
                List<String> seen = new ArrayList<>();
                try (ResultSet result = statement.executeQuery(sql)) {
                    while (result.next()) {
                        seen.add(result.getString(1) + result.getString(2));
                    }
                }
                boolean always = mask.mask().name().equals("null");
                String ofNull = replaceNull.contains(mask.parameters()) ? "tf" : "tt";
                assertThat(seen).as("%s on %s", mask, sample).containsExactly(always ? "ft" : "ff", ofNull);
            });
        }
    }

    /** A value that holds mask characters itself may look like its own mask. */
    @Test
    void noStringComesOutAsItWasHoweverShort() throws Exception {
        Pattern maskCharacters = Pattern.compile("[*•\\\\😀&]");
        List<String> unmasked = new ArrayList<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            forEachFit((mask, sample) -> {
                if (Set.of("partial", "email", "phone", "card", "iban", "zip3")
                        .contains(mask.mask().name())) {
                    String sql = "SELECT v::text FROM " + sample.table() + " AS r WHERE v = " + mask.sql(sample)
                            + " COLLATE \"C\"";
                    try (ResultSet result = statement.executeQuery(sql)) {
                        while (result.next()) {
                            unmasked.add(result.getString(1));
                        }
                    }
                }
            });
        }
        unmasked.removeIf(value -> maskCharacters.matcher(value).find());
        assertThat(unmasked).isEmpty();
    }

    /** A sign before a zero would tell on which side of it the value lies. */
    @Test
    void noZeroShowsASign() throws Exception {
        List<String> signed = new ArrayList<>();
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            forEachFit((mask, sample) -> {
                if (Set.of("round", "truncate", "bucket", "geo", "range", "noise")
                                .contains(mask.mask().name())
                        && Set.of("float4", "float8", "point")
                                .contains(sample.type().name().name())) {
                    String sql = "SELECT v::text FROM " + sample.table() + " AS r WHERE (" + mask.sql(sample)
                            + ")::text ~ '-0($|[,)])'";
                    try (ResultSet result = statement.executeQuery(sql)) {
                        while (result.next()) {
                            signed.add(mask + " of " + result.getString(1));
                        }
                    }
                }
            });
        }
        assertThat(signed).isEmpty();
    }

    @Test
    void everyMaskIsTriedOnSomeType() throws Exception {
        Set<String> reached = new TreeSet<>();
        forEachFit((mask, sample) -> reached.add(mask.mask().name()));
        assertThat(reached).isEqualTo(new TreeSet<>(Masks.names()));
    }

    @Test
    void everyTypeIsMaskedByTheMasksThatTheDocumentationPromises() throws Exception {
        Map<String, List<String>> documented = documentedKinds();
        assertThat(tables.samples().stream().map(this::fitting).toList())
                .containsExactlyElementsOf(tables.samples().stream()
                        .map(sample -> expected(sample, documented))
                        .toList());
    }

    private String fitting(Sample sample) {
        Set<String> names = new TreeSet<>();
        cases.stream()
                .filter(mask -> mask.fits(sample))
                .forEach(mask -> names.add(mask.mask().name()));
        return sample + ": " + String.join(" ", names);
    }

    /** What the table at the top of the page for users says of each mask. */
    private static Map<String, List<String>> documentedKinds() throws Exception {
        Pattern row = Pattern.compile("^\\| `(\\w+)` \\| ([\\w, ]+) \\|$", Pattern.MULTILINE);
        String page = Files.readString(Path.of("..", "docs", "masks.md"));
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        row.matcher(page)
                .results()
                .forEach(found ->
                        kinds.put(found.group(1), List.of(found.group(2).split(", "))));
        assertThat(kinds.keySet()).containsExactlyElementsOf(Masks.names());
        return kinds;
    }

    private static String expected(Sample sample, Map<String, List<String>> documented) {
        Set<String> names = new TreeSet<>();
        documented.forEach((name, kinds) -> {
            boolean promised = kinds.contains("everything")
                    || kinds.contains(kind(sample))
                    || kinds.contains(sample.type().name().name());
            if (promised
                    && !TOO_NARROW.getOrDefault(sample.declaration(), Set.of()).contains(name)) {
                names.add(name);
            }
        });
        return sample + ": " + String.join(" ", names);
    }

    private static String kind(Sample sample) {
        String type = sample.type().name().name();
        if (sample.type().category() == 'A') {
            return "arrays";
        }
        return switch (type) {
            case "text", "varchar", "bpchar" -> "strings";
            case "int2", "int4", "int8" -> "integers";
            case "float4", "float8" -> "floats";
            case "date", "time", "timestamp", "timestamptz" -> "times";
            case "bool" -> "boolean";
            case "json", "jsonb" -> "JSON";
            default -> type;
        };
    }
}
