package dev.bauta.mask;

import dev.bauta.catalog.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code uuid}: a keyed, random-looking (version 4) uuid, in columns of that type and in strings. Equal values of one domain have
 * equal uuids. Immutable.
 *
 * @param digest the digest under the domain's key
 */
record UuidMask(Digest digest) implements ValueMask {
    static final List<String> PARAMETERS = List.of(Digest.DOMAIN);

    private static final int LENGTH = 36;

    static UuidMask parse(Parameters parameters, KeyRing keys) throws MaskParameterException {
        return new UuidMask(Digest.parse(parameters, keys));
    }

    @Override
    public String name() {
        return "uuid";
    }

    @Override
    public boolean fits(ColumnType type) {
        return type.is("uuid") || Text.fits(type) && Text.limit(type) >= LENGTH;
    }

    @Override
    public Optional<String> weakness(ColumnType type) {
        return Digest.weakness(type);
    }

    @Override
    public String sql(String column, ColumnType type) {
        String uuid = Digest.uuidSql(digest.sql(column, type));
        return type.is("uuid") ? uuid : Sql.cast(Text.sql(uuid), "text", type);
    }

    @Override
    public @Nullable Object value(@Nullable Object value, ColumnType type) {
        if (value == null) {
            return null;
        }
        UUID uuid = Digest.uuid(digest.hex(value, type));
        return type.is("uuid") ? uuid : Text.write(uuid.toString(), type);
    }
}
