package dev.bauta.proxy.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and how records are kept. Immutable.
 *
 * @param file the file that is written to
 * @param rotateBytes at which size it is put aside and a new one begun, at least 1
 * @param keep how many files put aside are kept, the eldest being deleted; 0 keeps all
 * @param onFailure what happens to sessions while records cannot be written
 * @param key the key of the chain's HMAC, null for plain SHA-256
 * @param table a table that receives the records too, null for none
 */
public record AuditSettings(
        Path file, long rotateBytes, int keep, OnFailure onFailure, @Nullable String key, @Nullable AuditTable table) {
    /** What happens to sessions while records cannot be written. */
    public enum OnFailure {
        /** They end, and no new ones begin. */
        REFUSE,
        /** They wait. */
        WAIT
    }

    /** Neither the key nor a password. */
    @Override
    public String toString() {
        return "AuditSettings[" + file + "]";
    }
}
