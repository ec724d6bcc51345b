package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads comments and security labels. */
final class AnnotationReader {
    private static final String COMMENTS =
            """
            SELECT objoid, objsubid, description
            FROM pg_catalog.pg_description
            WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0
            """;

    private static final String LABELS =
            """
            SELECT objoid, objsubid, label
            FROM pg_catalog.pg_seclabel
            WHERE classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND objsubid > 0 AND provider = 'anon'
            """;

    private static final String ROLES =
            """
            SELECT r.rolname, l.label
            FROM pg_catalog.pg_shseclabel l
            JOIN pg_catalog.pg_roles r ON r.oid = l.objoid
            WHERE l.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND l.provider = 'anon'
            """;

    private AnnotationReader() {}

    static Annotations read(CatalogTransaction transaction) throws SQLException {
        Set<String> roles = new HashSet<>();
        transaction.query(ROLES, row -> {
            if (row.getString(2).strip().toUpperCase(Locale.ROOT).equals("MASKED")) {
                roles.add(row.getString(1));
            }
        });
        return new Annotations(columns(transaction, COMMENTS), columns(transaction, LABELS), roles);
    }

    private static Map<ColumnOrigin, String> columns(CatalogTransaction transaction, String sql) throws SQLException {
        Map<ColumnOrigin, String> texts = new HashMap<>();
        transaction.query(sql, row -> texts.put(new ColumnOrigin(oid(row, 1), row.getInt(2)), row.getString(3)));
        return texts;
    }
}
