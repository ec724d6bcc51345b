package dev.bauta.proxy.verify.data;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.verify.connect.Side;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds joins over protected columns: foreign keys, and columns that one keyed mask covers in several tables. Immutable. */
final class JoinFinder {
    private static final String FOREIGN_KEYS =
            "SELECT c.conname, c.conrelid::pg_catalog.int8, c.conkey, c.confrelid::pg_catalog.int8, c.confkey"
                    + " FROM pg_catalog.pg_constraint c WHERE c.contype = 'f' AND c.conparentid = 0 ORDER BY c.conname, c.oid";

    /** Masks under which equal values of one key domain stay equal, and others stay apart. */
    private static final Set<String> KEYED = Set.of("hash", "token", "pseudonym", "uuid");

    private final CatalogSnapshot catalog;
    private final Function<Relation, Protection> protection;

    JoinFinder(CatalogSnapshot catalog, Function<Relation, Protection> protection) {
        this.catalog = catalog;
        this.protection = protection;
    }

    /** Every foreign key with a protected column at one of its ends. */
    List<Join> foreignKeys(Side raw) throws SQLException {
        return raw.query(FOREIGN_KEYS, result -> {
            List<Join> joins = new ArrayList<>();
            while (result.next()) {
                Relation from = catalog.relation((int) result.getLong(2));
                Relation to = catalog.relation((int) result.getLong(4));
                if (from != null && to != null) {
                    joins.add(
                            new Join(result.getString(1), from, columns(from, result, 3), to, columns(to, result, 5)));
                }
            }
            joins.removeIf(join -> !touchesMasked(join));
            return joins;
        });
    }

    private boolean touchesMasked(Join join) {
        return Stream.concat(
                        join.fromColumns().stream().map(column -> masked(join.from(), column)),
                        join.toColumns().stream().map(column -> masked(join.to(), column)))
                .anyMatch(Boolean::booleanValue);
    }

    /** True for a column that is masked. */
    boolean masked(Relation relation, Column column) {
        return protection.apply(relation) instanceof Protection.Masked some
                && some.columns().containsKey(column.number());
    }

    /** True for a relation of which the rules show some rows only. */
    boolean filtered(Relation relation) {
        return protection.apply(relation) instanceof Protection.Masked some && some.isFiltered();
    }

    private static List<Column> columns(Relation relation, ResultSet row, int index) throws SQLException {
        Number[] numbers = (Number[]) row.getArray(index).getArray();
        return Arrays.stream(numbers)
                .flatMap(number -> relation.findColumn(number.intValue()).stream())
                .toList();
    }

    /** What one mask makes of a value of one type, wherever it stands. */
    private record Kind(Object mask, int type) {}

    private record Place(Relation relation, Column column) {}

    /** Columns of tables that one keyed mask covers, each with the first of them. */
    List<Join> domains(List<Relation> relations) {
        Map<Kind, Place> first = new LinkedHashMap<>();
        List<Join> joins = new ArrayList<>();
        for (Relation relation : relations) {
            if (relation.kind() == RelationKind.VIEW
                    || !(protection.apply(relation) instanceof Protection.Masked some)) {
                continue;
            }
            for (MaskedColumn column : some.columns().values()) {
                if (!KEYED.contains(column.mask().name())) {
                    continue;
                }
                Place here = new Place(relation, column.column());
                Place there = first.putIfAbsent(
                        new Kind(column.mask(), column.column().type().oid()), here);
                if (there != null) {
                    joins.add(new Join(
                            "key domain", relation, List.of(here.column()), there.relation(), List.of(there.column())));
                }
            }
        }
        return joins;
    }
}
