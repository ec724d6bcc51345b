package dev.bauta.gate;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.SensitiveNames;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;

/**
 * Refuses writes to system catalogs and system views, wherever in a statement they stand. {@code pg_settings} has a rule that makes
 * an UPDATE of it a SET, and a superuser may write the catalogs.
 */
final class SystemTargets {
    private SystemTargets() {}

    static void requireNone(Tokens tokens, TokenRange statement, SensitiveNames names) throws RefusedException {
        if (!mayWrite(tokens)) {
            return;
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            int target = i == statement.from() && isCopyOut(tokens, statement)
                    ? -1
                    : target(tokens, i, i == statement.from());
            if (target >= 0 && isSystem(tokens, target, names)) {
                throw new RefusedException(
                        RefusalCode.PROTECTED_WRITE,
                        "writes to system catalogs and system views are not allowed to a masked role",
                        "Use SET to change a setting.",
                        target);
            }
        }
    }

    /** False for what holds no word that begins a write: most of what is read. */
    private static boolean mayWrite(Tokens tokens) {
        return tokens.mayHold("into")
                || tokens.mayHold("update")
                || tokens.mayHold("delete")
                || tokens.mayHold("copy")
                || tokens.mayHold("truncate");
    }

    /** Where the name of what is written would begin, if a word that begins a write stands here; else -1. */
    private static int target(Tokens tokens, int i, boolean first) {
        if (!beginsWrite(tokens, i, first)) {
            return -1;
        }
        int name = i + 1;
        while (tokens.isWord(name, "only")
                || tokens.isWord(name, "table")
                || tokens.isWord(name, "binary")
                || tokens.is(name, "(")) {
            name++;
        }
        return tokens.isIdentifier(name) ? name : -1;
    }

    private static boolean beginsWrite(Tokens tokens, int i, boolean first) {
        String name = tokens.name(i);
        if (name == null) {
            return false;
        }
        boolean begins =
                switch (name) {
                    case "update", "into" -> true;
                    case "copy", "truncate" -> first;
                    case "from" -> tokens.isWord(i - 1, "delete");
                    default -> false;
                };
        return begins && tokens.isWord(i, name);
    }

    private static boolean isCopyOut(Tokens tokens, TokenRange statement) {
        for (int i = statement.from(); tokens.isWord(statement.from(), "copy") && i < statement.to(); i++) {
            if (tokens.isWord(i, "from") && tokens.isWord(i + 1, "stdin")) {
                return false;
            }
        }
        return tokens.isWord(statement.from(), "copy");
    }

    private static boolean isSystem(Tokens tokens, int from, SensitiveNames names) {
        int last = from;
        while (tokens.is(last + 1, ".") && tokens.isIdentifier(last + 2)) {
            last += 2;
        }
        String schema = last == from ? "pg_catalog" : String.valueOf(tokens.name(last - 2));
        return names.isSystemRelation(schema, String.valueOf(tokens.name(last)));
    }
}
