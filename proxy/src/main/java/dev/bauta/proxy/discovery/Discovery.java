package dev.bauta.proxy.discovery;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.proxy.postgres.OwnerCode;
import dev.bauta.rulefile.NamePattern;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a database for columns with personal data. Reads the catalogs and a few rows of each table, in a session that
 * cannot write. Views are left out, as a rule on a table covers them; so are partitions, which their parents stand for.
 */
public final class Discovery {
    private static final Set<RelationKind> KINDS = EnumSet.of(
            RelationKind.TABLE,
            RelationKind.PARTITIONED_TABLE,
            RelationKind.FOREIGN_TABLE,
            RelationKind.MATERIALIZED_VIEW);
    private static final Set<TypeFamily> SAMPLED = EnumSet.of(
            TypeFamily.TEXT,
            TypeFamily.WHOLE_NUMBER,
            TypeFamily.NUMBER,
            TypeFamily.DATE,
            TypeFamily.DOCUMENT,
            TypeFamily.TEXT_ARRAY);
    private static final String ROW_COUNTS = "SELECT oid::pg_catalog.int8, reltuples FROM pg_catalog.pg_class";
    /** SQLSTATE classes after which the session is of no use: connection, shutdown. */
    private static final Set<String> FATAL_CLASSES = Set.of("08", "57P");

    private final Options options;
    private final Progress progress;

    /**
     * What to look at.
     *
     * @param schemas patterns over schemas; empty for all but PostgreSQL's own
     * @param sample how many rows of a table to read, 0 for names, types and comments alone
     * @param leastConfidence findings below it are left out, 0 to 1
     * @param patience how long reading one table may take
     * @param today to tell dates of birth from those to come
     */
    public record Options(
            List<NamePattern> schemas, int sample, double leastConfidence, Duration patience, LocalDate today) {
        public Options {
            schemas = List.copyOf(schemas);
        }
    }

    /** Hears how far the work is. */
    public interface Progress {
        /** So many of the tables are done. */
        void at(int done, int tables);
    }

    /**
     * What was found. Immutable.
     *
     * @param tables how many tables were looked at
     * @param columns how many columns they have
     * @param findings the columns that seem to hold personal data, by name
     * @param unread tables whose rows could not be read, so that names, types and comments alone were looked at
     */
    public record Result(int tables, int columns, List<Finding> findings, List<Unread> unread) {
        public Result {
            findings = List.copyOf(findings);
            unread = List.copyOf(unread);
        }
    }

    /**
     * A table whose rows could not be read.
     *
     * @param reason why, a clause without values
     */
    public record Unread(QualifiedName relation, String reason) {}

    /** A pattern over schemas that fits none. */
    public static final class UnknownSchemaException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownSchemaException(NamePattern pattern) {
            super("no schema with tables is called '" + pattern + "'", null, false, false);
        }
    }

    /** @param progress hears how far the work is */
    public Discovery(Options options, Progress progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Looks through the database.
     *
     * @param connection a PostgreSQL JDBC connection in autocommit mode, whose session settings are changed
     * @throws SQLException when the catalogs cannot be read or the connection is lost
     * @throws UnknownSchemaException when a pattern fits no schema with tables
     */
    public Result run(Connection connection) throws SQLException, UnknownSchemaException {
        CatalogSnapshot catalog = CatalogLoader.load(connection);
        requireSchemas(catalog);
        List<Relation> tables = tables(catalog);
        Sampler sampler = new Sampler(connection, options.sample(), options.patience());
        Map<Integer, Double> rowCounts = rowCounts(connection);
        Map<Integer, String> untrusted = options.sample() == 0 ? Map.of() : OwnerCode.findForUser(connection);
        List<Finding> findings = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        int columns = 0;
        for (int done = 0; done < tables.size(); done++) {
            Relation table = tables.get(done);
            columns += table.columns().size();
            progress.at(done, tables.size());
            List<CandidateColumn> candidates = candidates(table);
            String untrustedFunction = untrusted.get(table.oid());
            Map<String, ColumnSample> samples = Map.of();
            if (untrustedFunction == null) {
                samples = sample(sampler, table, candidates, rowCounts.getOrDefault(table.oid(), -1.0), unread);
            } else {
                unread.add(new Unread(
                        table.name(), "reading it can call " + untrustedFunction + ", whose owner is no superuser"));
            }
            for (CandidateColumn candidate : candidates) {
                assess(table, candidate, samples.get(candidate.name()), findings);
            }
        }
        progress.at(tables.size(), tables.size());
        return new Result(tables.size(), columns, findings, unread);
    }

    /** The columns that by name, type and comment seem to hold personal data; no row is read. */
    public static List<Finding> byNames(CatalogSnapshot catalog, double leastConfidence) {
        Options options = new Options(List.of(), 0, leastConfidence, Duration.ZERO, LocalDate.EPOCH);
        Discovery discovery = new Discovery(options, (done, tables) -> {});
        List<Finding> findings = new ArrayList<>();
        for (Relation table : discovery.tables(catalog)) {
            candidates(table).forEach(column -> discovery.assess(table, column, null, findings));
        }
        return findings;
    }

    private void requireSchemas(CatalogSnapshot catalog) throws UnknownSchemaException {
        for (NamePattern pattern : options.schemas()) {
            boolean known = catalog.relations().stream()
                    .anyMatch(relation -> pattern.matches(relation.name().schema()));
            if (!known) {
                throw new UnknownSchemaException(pattern);
            }
        }
    }

    private List<Relation> tables(CatalogSnapshot catalog) {
        Set<Integer> children = new HashSet<>();
        catalog.relations().forEach(relation -> children.addAll(relation.children()));
        return catalog.relations().stream()
                .filter(relation -> KINDS.contains(relation.kind()) && !children.contains(relation.oid()))
                .filter(relation -> isChosen(relation.name().schema()))
                .sorted(Comparator.comparing(Relation::name))
                .toList();
    }

    private boolean isChosen(String schema) {
        if (schema.equals("pg_catalog") || schema.equals("information_schema") || schema.startsWith("pg_toast")) {
            return false;
        }
        return options.schemas().isEmpty() || options.schemas().stream().anyMatch(pattern -> pattern.matches(schema));
    }

    private static Map<Integer, Double> rowCounts(Connection connection) throws SQLException {
        Map<Integer, Double> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ROW_COUNTS)) {
            while (row.next()) {
                counts.put((int) row.getLong(1), row.getDouble(2));
            }
        }
        return counts;
    }

    private static List<CandidateColumn> candidates(Relation table) {
        List<CandidateColumn> candidates = new ArrayList<>();
        for (Column column : table.columns()) {
            String comment = column.comment() == null ? "" : column.comment();
            candidates.add(new CandidateColumn(column.name(), column.type(), comment));
        }
        return candidates;
    }

    private Map<String, ColumnSample> sample(
            Sampler sampler, Relation table, List<CandidateColumn> candidates, double rows, List<Unread> unread)
            throws SQLException {
        List<CandidateColumn> sampled = candidates.stream()
                .filter(column -> SAMPLED.contains(column.family()))
                .toList();
        if (options.sample() == 0 || sampled.isEmpty()) {
            return Map.of();
        }
        List<ColumnSample> counts = sampled.stream()
                .map(column -> new ColumnSample(options.today()))
                .toList();
        Map<String, ColumnSample> samples = new HashMap<>();
        for (int i = 0; i < sampled.size(); i++) {
            samples.put(sampled.get(i).name(), counts.get(i));
        }
        try {
            sampler.read(table.name(), sampled, rows, (column, value) -> counts.get(column)
                    .add(value, sampled.get(column).family()));
            return samples;
        } catch (SQLException e) {
            unread.add(new Unread(table.name(), reason(e)));
            return Map.of();
        }
    }

    /** In words of ours: a message of the server could hold a value. */
    private String reason(SQLException e) throws SQLException {
        String state = String.valueOf(e.getSQLState());
        if (FATAL_CLASSES.stream().anyMatch(state::startsWith)) {
            throw e;
        }
        return switch (state) {
            case "42501" -> "permission denied";
            case "57014" -> "reading it took longer than " + options.patience().toSeconds() + " s";
            case "55P03" -> "it is locked";
            default -> "SQLSTATE " + state;
        };
    }

    private void assess(Relation table, CandidateColumn column, @Nullable ColumnSample sample, List<Finding> findings) {
        new Assessment(table.name().name(), column, sample)
                .conclude()
                .filter(conclusion -> conclusion.confidence() >= options.leastConfidence())
                .map(conclusion -> new Finding(
                        table.name(),
                        column.name(),
                        column.type(),
                        conclusion.kind(),
                        conclusion.confidence(),
                        conclusion.evidence(),
                        SuggestedMask.of(conclusion.kind(), column.type())))
                .ifPresent(findings::add);
    }
}
