package dev.bauta.rulefile;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of statements that a role can be denied. A statement can be of several: EXPLAIN of a SELECT that locks rows. */
public enum StatementKind {
    /** SELECT, VALUES, TABLE, also within other statements that carry one. */
    SELECT,
    /** INSERT. */
    INSERT,
    /** UPDATE. */
    UPDATE,
    /** DELETE. */
    DELETE,
    /** MERGE. */
    MERGE,
    /** TRUNCATE. */
    TRUNCATE,
    /** COPY … TO STDOUT. */
    COPY_TO,
    /** COPY … FROM STDIN. */
    COPY_FROM,
    /** EXPLAIN. */
    EXPLAIN,
    /** DECLARE, FETCH, MOVE, CLOSE. */
    CURSORS,
    /** PREPARE, EXECUTE, DEALLOCATE. */
    PREPARED_STATEMENTS,
    /** CREATE TEMP TABLE, SELECT INTO TEMP, DROP TABLE. */
    TEMPORARY_TABLES,
    /** LOCK, and SELECT … FOR UPDATE, FOR NO KEY UPDATE, FOR SHARE, FOR KEY SHARE. */
    LOCKS,
    /** LISTEN, NOTIFY, UNLISTEN. */
    NOTIFICATIONS;

    /** The name in rule files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(StatementKind::word).toList();
    }

    static Optional<StatementKind> find(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
