package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import java.util.Set;

/**
 * A command has been done. Immutable.
 *
 * @param tag which command, and how many rows it is about
 */
public record CommandComplete(String tag) {
    /** First words of the commands that change, or can change, what the catalogs say. */
    private static final Set<String> CHANGES = Set.of(
            "CREATE", "ALTER", "DROP", "IMPORT", "REFRESH", "REASSIGN", "GRANT", "REVOKE", "COMMENT", "SECURITY");

    /** The commands that can have changed any of it. */
    private static final Set<String> CHANGES_ANYTHING = Set.of("DO", "CALL", "COMMIT PREPARED");

    /** The commands that can have committed what was changed, before the server is ready. */
    private static final Set<String> COMMITS = Set.of("DO", "CALL", "COMMIT", "COMMIT PREPARED");

    /** Reads the message, type byte and length included. */
    public static CommandComplete decode(ByteBuf frame) {
        ByteBuf body = frame.slice(frame.readerIndex() + 5, frame.readableBytes() - 5);
        try {
            return new CommandComplete(Strings.readLenient(body));
        } catch (MalformedMessage e) {
            throw new ProtocolViolation("invalid message format from server");
        }
    }

    /**
     * True when the command can have changed what the catalogs say. CREATE TABLE AS and SELECT INTO are called SELECT here, but
     * have no rows to send.
     *
     * @param rows true when the command has described or sent rows
     */
    public boolean mayChangeCatalog(boolean rows) {
        String command = command();
        return CHANGES.contains(command)
                || CHANGES_ANYTHING.contains(tag)
                || command.equals("SELECT") && !rows && !tag.equals("SELECT 0");
    }

    /** True when the command can have changed who is a member of which role. */
    public boolean mayChangeRoles() {
        return tag.endsWith(" ROLE") || CHANGES_ANYTHING.contains(tag);
    }

    /** True when what was changed can have been committed. */
    public boolean mayCommit() {
        return COMMITS.contains(tag);
    }

    /** True when what was changed is committed, and nothing is open any more. */
    public boolean commits() {
        return command().equals("COMMIT");
    }

    private String command() {
        int blank = tag.indexOf(' ');
        return blank < 0 ? tag : tag.substring(0, blank);
    }
}
