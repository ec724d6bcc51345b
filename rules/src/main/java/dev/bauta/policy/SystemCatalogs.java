package dev.bauta.policy;

import dev.bauta.catalog.QualifiedName;
import java.util.Map;
import java.util.Set;

/** The built-in rules: system catalogs and views that hold samples of data, other sessions' statements or secrets. */
final class SystemCatalogs {
    /**
     * Refused whole: columns of type {@code anyarray}, how much was written to the write-ahead log, or nothing in them that a masked session
     * needs.
     */
    private static final Set<String> REFUSED = Set.of(
            "pg_authid",
            "pg_file_settings",
            "pg_hba_file_rules",
            "pg_ident_file_mappings",
            "pg_largeobject",
            "pg_replication_origin_status",
            "pg_shadow",
            "pg_stat_io",
            "pg_stat_wal",
            "pg_stat_wal_receiver",
            "pg_statistic",
            "pg_statistic_ext_data",
            "pg_stats",
            "pg_stats_ext",
            "pg_stats_ext_exprs",
            "pg_user_mapping",
            "pg_user_mappings");

    /** Columns that are suppressed, by relation. The checks of the standard do not say whose they are. */
    private static final Map<QualifiedName, Set<String>> SUPPRESSED = Map.of(
            new QualifiedName("pg_catalog", "pg_stat_activity"), Set.of("query"),
            new QualifiedName("pg_catalog", "pg_prepared_statements"), Set.of("statement"),
            new QualifiedName("pg_catalog", "pg_cursors"), Set.of("statement"),
            new QualifiedName("pg_catalog", "pg_subscription"), Set.of("subconninfo"),
            new QualifiedName("pg_catalog", "pg_replication_slots"),
                    Set.of("restart_lsn", "confirmed_flush_lsn", "safe_wal_size"),
            new QualifiedName("pg_catalog", "pg_stat_replication"),
                    Set.of("sent_lsn", "write_lsn", "flush_lsn", "replay_lsn"),
            new QualifiedName("pg_catalog", "pg_stat_subscription"), Set.of("received_lsn", "latest_end_lsn"),
            new QualifiedName("pg_catalog", "pg_subscription_rel"), Set.of("srsublsn"),
            new QualifiedName("information_schema", "check_constraints"), Set.of("check_clause"));

    private SystemCatalogs() {}

    static boolean isSystemSchema(String schema) {
        return schema.equals("pg_catalog") || schema.equals("information_schema");
    }

    static boolean isRefused(QualifiedName name) {
        if (name.schema().equals("information_schema")) {
            return name.name().equals("user_mapping_options") || name.name().equals("_pg_user_mappings");
        }
        return (name.schema().equals("pg_catalog") && REFUSED.contains(name.name())) || isStatementStatistics(name);
    }

    /** The extension's views, in whatever schema it was installed. */
    private static boolean isStatementStatistics(QualifiedName name) {
        return name.name().startsWith("pg_stat_statements");
    }

    static Set<String> suppressedColumns(QualifiedName name) {
        return SUPPRESSED.getOrDefault(name, Set.of());
    }
}
