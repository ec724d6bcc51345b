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
            "pg_backend_memory_contexts",
            "pg_file_settings",
            "pg_hba_file_rules",
            "pg_ident_file_mappings",
            "pg_largeobject",
            "pg_replication_origin_status",
            "pg_shadow",
            "pg_stat_archiver",
            "pg_stat_io",
            "pg_stat_recovery_prefetch",
            "pg_stat_wal",
            "pg_stat_wal_receiver",
            "pg_statistic",
            "pg_statistic_ext_data",
            "pg_stats",
            "pg_stats_ext",
            "pg_stats_ext_exprs",
            "pg_user_mapping",
            "pg_user_mappings");

    /**
     * Columns of {@code pg_catalog} that are suppressed, by relation: statements and secrets, how much was written to the write-ahead log, which
     * checkpoints follow, or to temporary files, and how long the rows are that were copied or decoded.
     */
    private static final Map<String, Set<String>> SUPPRESSED = Map.ofEntries(
            Map.entry("pg_cursors", Set.of("statement")),
            Map.entry("pg_prepared_statements", Set.of("statement")),
            Map.entry(
                    "pg_replication_slots",
                    Set.of("restart_lsn", "confirmed_flush_lsn", "safe_wal_size", "two_phase_at")),
            Map.entry("pg_stat_activity", Set.of("query")),
            Map.entry("pg_stat_bgwriter", Set.of("checkpoints_req")),
            Map.entry(
                    "pg_stat_checkpointer",
                    Set.of("num_requested", "num_done", "restartpoints_req", "restartpoints_done")),
            Map.entry("pg_stat_database", Set.of("temp_bytes", "temp_files")),
            Map.entry("pg_stat_progress_copy", Set.of("bytes_processed", "bytes_total")),
            Map.entry("pg_stat_replication", Set.of("sent_lsn", "write_lsn", "flush_lsn", "replay_lsn")),
            Map.entry("pg_stat_replication_slots", Set.of("spill_bytes", "stream_bytes", "total_bytes")),
            Map.entry("pg_stat_subscription", Set.of("received_lsn", "latest_end_lsn")),
            Map.entry("pg_subscription", Set.of("subconninfo", "subskiplsn")),
            Map.entry("pg_subscription_rel", Set.of("srsublsn")));

    /** The checks of the standard do not say whose they are. */
    private static final QualifiedName CHECKS = new QualifiedName("information_schema", "check_constraints");

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
        if (name.equals(CHECKS)) {
            return Set.of("check_clause");
        }
        return name.schema().equals("pg_catalog") ? SUPPRESSED.getOrDefault(name.name(), Set.of()) : Set.of();
    }
}
