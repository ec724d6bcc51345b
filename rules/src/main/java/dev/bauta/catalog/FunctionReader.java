package dev.bauta.catalog;

import static dev.bauta.catalog.CatalogTransaction.oid;

import dev.bauta.catalog.TypeReader.TypeRow;
import dev.bauta.catalog.TypeReader.TypmodType;
import dev.bauta.catalog.UnsafeName.Attribute;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads which functions are not known to be safe. Not thread-safe. */
final class FunctionReader {
    /** The constructors that CREATE TYPE … AS RANGE makes only compute, and are left out. */
    private static final String FUNCTIONS =
            """
            SELECT p.oid, n.nspname, p.proname, p.provolatile = 'i', l.lanname,
                   p.pronargs, p.pronargdefaults, p.provariadic, COALESCE(p.proargtypes[0], 0)
            FROM pg_catalog.pg_proc p
            JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_catalog.pg_language l ON l.oid = p.prolang
            WHERE p.prosrc NOT IN ('range_constructor2', 'range_constructor3',
                'multirange_constructor0', 'multirange_constructor1', 'multirange_constructor2')
              OR l.lanname <> 'internal'
            """;

    private static final String EXTENSION_FUNCTIONS =
            """
            SELECT d.objid, e.extname
            FROM pg_catalog.pg_depend d
            JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
            WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
              AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            """;

    /** Pseudo-types that stand for no row. */
    private static final Set<String> NEVER_ROWS = Set.of("internal", "cstring");

    private final ReviewedNames reviewed;
    private final TypeReader types;
    private final Map<Integer, String> extensions = new HashMap<>();
    private final Map<Integer, UnsafeFunction> functions = new HashMap<>();

    /**
     * A function that is not known to be safe.
     *
     * @param name schema and name
     * @param attribute see {@link UnsafeName}
     * @param because see {@link UnsafeName}
     * @param extension the owning extension, or null
     * @param computes true for an immutable C function of an extension. Such a function may still not be called by name,
     *     but it is taken to be a computation where it stands behind an operator, a cast or a type of that extension:
     *     else one extension with a {@code =} operator would bar {@code =} from every statement
     */
    record UnsafeFunction(
            QualifiedName name, Attribute attribute, String because, @Nullable String extension, boolean computes) {}

    FunctionReader(ReviewedNames reviewed, TypeReader types) {
        this.reviewed = reviewed;
        this.types = types;
    }

    /** The functions that are not known to be safe, by oid. */
    Map<Integer, UnsafeFunction> read(CatalogTransaction transaction) throws SQLException {
        transaction.query(EXTENSION_FUNCTIONS, row -> extensions.put(oid(row, 1), row.getString(2)));
        transaction.query(FUNCTIONS, this::readRow);
        return functions;
    }

    private void readRow(ResultSet row) throws SQLException {
        QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
        boolean immutable = row.getBoolean(4);
        String extension = extensions.get(oid(row, 1));
        String because =
                row.getLong(1) < CatalogSnapshot.FIRST_NORMAL_OID ? whyBuiltin(name, immutable) : whyOwn(extension);
        if (because != null) {
            boolean computes =
                    extension != null && immutable && row.getString(5).equals("c");
            functions.put(oid(row, 1), new UnsafeFunction(name, attribute(row), because, extension, computes));
        }
    }

    private @Nullable String whyBuiltin(QualifiedName name, boolean immutable) {
        if (!name.schema().equals("pg_catalog")) {
            return null;
        }
        String reason = reviewed.unsafeBuiltins().get(name.name());
        if (reason == null && !immutable && !reviewed.safeBuiltins().contains(name.name())) {
            return "is a built-in function that was not reviewed";
        }
        return reason;
    }

    private @Nullable String whyOwn(@Nullable String extension) {
        if (extension == null) {
            return "is a function of this database that was not reviewed";
        }
        return reviewed.harmlessExtensions().contains(extension)
                ? null
                : "is a function of the extension " + extension + ", which is not known to be harmless";
    }

    private Attribute attribute(ResultSet row) throws SQLException {
        int arguments = row.getInt(6);
        int variadic = oid(row, 8);
        int required = arguments - row.getInt(7) - (variadic == 0 ? 0 : 1);
        if (arguments == 0 || required > 1) {
            return Attribute.NEVER;
        }
        return mayBeRow(arguments == 1 && variadic != 0 ? variadic : oid(row, 9))
                ? Attribute.OF_ROW
                : Attribute.OF_VALUE;
    }

    /** True for composite types and for pseudo-types such as {@code record} and {@code anyelement}. */
    private boolean mayBeRow(int type) throws SQLException {
        TypeRow base = types.type(types.toBase(new TypmodType(type, -1)).type());
        return base.typtype() == 'c'
                || base.typtype() == 'p' && !NEVER_ROWS.contains(base.name().name());
    }
}
