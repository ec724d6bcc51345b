package dev.bauta.proxy.export;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.catalog.SqlNames;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.rewrite.MaskedRelation;
import dev.bauta.rulefile.NamePattern;
import dev.bauta.text.Shown;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a script that creates a view for each relation: the masked relation of a protected one, a plain copy of its columns for a
 * clear one, none for a refused one. A reader of the views needs no grant on what is behind them, since a view reads with its
 * owner's rights. Used once.
 */
public final class MaskingViews {
    private static final int LONGEST_NAME = 63;

    private final Policy policy;
    private final Options options;
    private final StringBuilder views = new StringBuilder();
    private final Set<String> schemas = new LinkedHashSet<>();
    private final List<QualifiedName> exported = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final KeySettings keys;

    /**
     * What to write.
     *
     * @param schema the schema for the views of {@code public}; those of another schema s go to {@code schema_s}
     * @param sources patterns over schemas whose relations get views; empty for all but PostgreSQL's own
     * @param readers database roles that may read the views
     * @param existing what the database has that gets no views
     */
    public record Options(String schema, List<NamePattern> sources, List<String> readers, Existing existing) {
        public Options {
            sources = List.copyOf(sources);
            readers = List.copyOf(readers);
        }

        /** The schema of the keys of keyed masks. */
        String keySchema() {
            return schema + "_keys";
        }
    }

    /**
     * What a database has that gets no views.
     *
     * @param earlier oids of what earlier scripts have created, in whatever schema; views of it would show keys
     * @param claimed oids of what looks like that and belongs to neither the connected user nor a superuser
     * @param invoking oids of views that read with their reader's rights
     */
    public record Existing(Set<Integer> earlier, Set<Integer> claimed, Set<Integer> invoking) {
        public Existing {
            earlier = Set.copyOf(earlier);
            claimed = Set.copyOf(claimed);
            invoking = Set.copyOf(invoking);
        }

        /** Reads it from the catalogs. */
        public static Existing read(Connection connection) throws SQLException {
            Set<Integer> own = oids(connection, Snippets.OWN);
            Set<Integer> claimed = oids(connection, Snippets.EARLIER);
            Set<Integer> earlier = new HashSet<>(claimed);
            earlier.retainAll(own);
            claimed.removeAll(own);
            return new Existing(earlier, claimed, oids(connection, Snippets.INVOKING));
        }

        private static Set<Integer> oids(Connection connection, String query) throws SQLException {
            Set<Integer> oids = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    oids.add((int) row.getLong(1));
                }
            }
            return oids;
        }
    }

    /**
     * A relation without a view, or with a view that lacks a column.
     *
     * @param reason why, a clause
     */
    public record Skipped(QualifiedName relation, String reason) {}

    /**
     * The script.
     *
     * @param sql its text
     * @param views how many views it creates
     * @param skipped what has no view, or not in full
     * @param keyed true when the views need keys, which the script does not hold
     */
    public record Script(String sql, int views, List<Skipped> skipped, boolean keyed) {
        public Script {
            skipped = List.copyOf(skipped);
        }
    }

    private MaskingViews(Policy policy, Options options) {
        this.policy = policy;
        this.options = options;
        this.keys = new KeySettings(options.keySchema());
    }

    /** Writes the views that show what a policy shows. */
    public static Script write(Policy policy, Options options) {
        return new MaskingViews(policy, options).script();
    }

    private Script script() {
        sources(policy.catalog()).forEach(this::add);
        StringBuilder sql = new StringBuilder();
        sql.append("-- Masking views, written by bauta export views. Run as a role that may read the tables:\n");
        sql.append("--   psql -v ON_ERROR_STOP=1 -f FILE\n");
        sql.append("-- It can be run again: views of an earlier run are dropped first, and nothing else is.\n");
        sql.append("BEGIN;\n\nSET LOCAL search_path = pg_catalog, pg_temp;\n");
        sql.append("SET LOCAL standard_conforming_strings = on;\nSET LOCAL client_encoding = 'UTF8';\n");
        sql.append(Snippets.requireOwn(created(), options.keySchema()));
        schemas.forEach(schema -> sql.append("CREATE SCHEMA IF NOT EXISTS ")
                .append(SqlNames.quote(schema))
                .append(";\n"));
        sql.append(Snippets.dropEarlier(schemas));
        sql.append(keys.isEmpty() ? "" : Snippets.keys(options.keySchema(), keys.domains()));
        sql.append(views);
        options.readers().forEach(reader -> grant(sql, reader));
        sql.append("\nCOMMIT;\n");
        return new Script(sql.toString(), exported.size(), skipped, !keys.isEmpty());
    }

    private Set<String> created() {
        Set<String> created = new LinkedHashSet<>(schemas);
        if (!keys.isEmpty()) {
            created.add(options.keySchema());
        }
        return created;
    }

    private List<Relation> sources(CatalogSnapshot catalog) {
        return catalog.relations().stream()
                .filter(relation -> relation.kind() != RelationKind.SEQUENCE
                        && !options.existing().earlier().contains(relation.oid())
                        && isSource(relation.name().schema()))
                .sorted(Comparator.comparing(Relation::name))
                .toList();
    }

    private boolean isSource(String schema) {
        boolean ours = schema.equals(options.schema()) || schema.startsWith(options.schema() + "_");
        boolean system = schema.startsWith("pg_") || schema.equals("information_schema");
        return !ours
                && !system
                && (options.sources().isEmpty()
                        || options.sources().stream().anyMatch(pattern -> pattern.matches(schema)));
    }

    private void add(Relation relation) {
        String schema = target(relation.name().schema());
        if (schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            skip(relation, "the name of its views' schema would have more than 63 bytes");
            return;
        }
        if (schema.equals(options.keySchema())) {
            skip(relation, "its views' schema would be that of the keys; choose another one for the views");
            return;
        }
        if (options.existing().claimed().contains(relation.oid())) {
            skip(relation, "it looks as if an earlier script had created it, and belongs to somebody else");
            return;
        }
        if (options.existing().invoking().contains(relation.oid())) {
            skip(relation, "the view reads with the rights of its reader (security_invoker), who is to have none");
            return;
        }
        Protection protection = policy.protection(relation);
        if (protection instanceof Protection.Refused refused) {
            skip(relation, refused.reason());
        } else if (protection instanceof Protection.Masked masked) {
            String rows = masked.isFiltered() ? " WHERE " + masked.rowCondition() : "";
            create(
                    relation,
                    schema,
                    MaskedRelation.select(relation, masked, shown(relation, masked), List.of(), false) + rows);
        } else {
            create(relation, schema, clear(relation));
        }
    }

    /** The columns but for those that no statement may take. */
    private List<Column> shown(Relation relation, Protection.Masked masked) {
        List<Column> shown = new ArrayList<>();
        for (Column column : relation.columns()) {
            Protection.MaskedColumn protection = masked.columns().get(column.number());
            if (protection != null && protection.isRefused()) {
                skipped.add(new Skipped(
                        relation.name(), "its view is without column " + column.name() + ", which is refused"));
            } else {
                shown.add(column);
            }
        }
        return shown;
    }

    private String target(String schema) {
        return schema.equals("public") ? options.schema() : options.schema() + "_" + schema;
    }

    private void skip(Relation relation, String reason) {
        skipped.add(new Skipped(relation.name(), reason));
        comment("-- " + relation.name() + " has no view: " + reason);
    }

    private void comment(String text) {
        views.append('\n').append(Shown.oneLine(text)).append('\n');
    }

    private static String clear(Relation relation) {
        return relation.columns().stream()
                        .map(Column::name)
                        .map(SqlNames::quote)
                        .map(name -> "r." + name)
                        .collect(Collectors.joining(", ", "SELECT ", ""))
                + (relation.columns().isEmpty() ? "" : " ") + "FROM "
                + relation.name().sql() + " AS r";
    }

    private void create(Relation relation, String schema, String select) {
        QualifiedName view = new QualifiedName(schema, relation.name().name());
        schemas.add(schema);
        exported.add(view);
        views.append("\nCREATE VIEW ")
                .append(view.sql())
                .append(" WITH (security_barrier = true) AS\n  ")
                .append(keys.inPlace(select))
                .append(";\nCOMMENT ON VIEW ")
                .append(view.sql())
                .append(" IS ")
                .append(SqlNames.literal(Snippets.MARK))
                .append(";\n");
    }

    private void grant(StringBuilder sql, String reader) {
        String role = SqlNames.quote(reader);
        sql.append('\n');
        schemas.forEach(schema -> sql.append("GRANT USAGE ON SCHEMA ")
                .append(SqlNames.quote(schema))
                .append(" TO ")
                .append(role)
                .append(";\n"));
        exported.forEach(view -> sql.append("GRANT SELECT ON ")
                .append(view.sql())
                .append(" TO ")
                .append(role)
                .append(";\n"));
        sql.append(Snippets.requireNoGrant(reader, schemas));
    }
}
