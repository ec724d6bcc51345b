package dev.bauta.proxy.verify.connect;

import java.sql.SQLException;

/**
 * Both views of the masked user, which see the same moment of the database. Not thread-safe.
 *
 * @param raw past Bauta
 * @param masked through Bauta
 */
public record TwoSides(Side raw, Side masked) implements AutoCloseable {
    /** Opens both. */
    public static TwoSides open(UserAccess access) throws SQLException {
        Side raw = access.openRaw();
        try {
            return new TwoSides(raw, access.openMasked());
        } catch (SQLException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** From here on both see the database as it is now. Ends what went before, failed or not. */
    public void begin() throws SQLException {
        masked.beginLike(raw.begin());
    }

    @Override
    public void close() throws SQLException {
        try (raw) {
            masked.close();
        }
    }
}
