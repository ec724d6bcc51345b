package dev.bauta.gate;

import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads SET, RESET, SHOW, and the functions {@code current_setting} and {@code set_config}. */
final class SettingStatement {
    private static final String HINT =
            "The settings bauta.*, role, session_authorization, standard_conforming_strings and those "
                    + "that have statements logged are fixed in a masked session; client_encoding is UTF8, client_min_messages neither "
                    + "debug nor log, and search_path holds no temporary schema of another session.";

    /** What pg_dump sends since its releases of August 2024. Its condition leaves one setting, which is harmless. */
    private static final List<String> RESTRICTION = List.of(
            "select",
            "set_config",
            "(",
            "name",
            ",",
            "'view, foreign-table'",
            ",",
            "false",
            ")",
            "from",
            "pg_settings",
            "where",
            "name",
            "=",
            "'restrict_nonsystem_relation_kind'");

    private SettingStatement() {}

    /**
     * Refuses a SET, RESET or SHOW of a setting that a masked session must not touch.
     *
     * @param standardConformingStrings the session's setting
     */
    static void require(Tokens tokens, TokenRange statement, boolean standardConformingStrings)
            throws RefusedException {
        int from = statement.from();
        if (tokens.isWord(from, "set")) {
            requireSet(tokens, statement, standardConformingStrings);
        } else {
            String name = settingName(tokens, from + 1, statement.to());
            boolean role = tokens.isWord(from, "reset") && (name.equals("role") || name.startsWith("session"));
            if (SettingRules.isSecret(name) || role) {
                throw refusal(name, from);
            }
        }
    }

    private static void requireSet(Tokens tokens, TokenRange statement, boolean standardConformingStrings)
            throws RefusedException {
        int i = statement.from() + 1;
        int end = statement.to();
        if (tokens.isWord(i, "session") && tokens.isWord(i + 1, "characteristics")) {
            return;
        }
        if (tokens.isWord(i, "session") && tokens.isWord(i + 1, "authorization")) {
            throw refusal("session_authorization", i);
        }
        if ((tokens.isWord(i, "session") || tokens.isWord(i, "local")) && i + 1 < end && !isAssignment(tokens, i + 1)) {
            i++;
        }
        if (tokens.isWord(i, "session") && tokens.isWord(i + 1, "authorization")) {
            throw refusal("session_authorization", i);
        }
        if (tokens.isWord(i, "transaction") || tokens.isWord(i, "constraints")) {
            return;
        }
        if (tokens.isWord(i, "names")) {
            String encoding = i + 1 < end ? value(tokens, i + 1, end) : null;
            requireSettable("client_encoding", encoding, standardConformingStrings, i);
            return;
        }
        String name = settingName(tokens, i, end);
        int assignment = i;
        while (assignment < end && !isAssignment(tokens, assignment)) {
            assignment++;
        }
        String value = assignment < end ? value(tokens, assignment + 1, end) : null;
        requireSettable(name, value, standardConformingStrings, i);
        if (SettingRules.isSearchPath(name) || tokens.isWord(i, "schema")) {
            requireOwnSchemas(tokens, i + 1, end);
        }
    }

    /** Names are looked at like all others. */
    private static void requireOwnSchemas(Tokens tokens, int from, int end) throws RefusedException {
        for (int i = from; i < end; i++) {
            boolean own = !tokens.kind(i).isConstant()
                    || constant(tokens, i)
                            .filter(schema -> !SettingRules.holdsTemporarySchema(schema))
                            .isPresent();
            if (!own) {
                throw refusal("search_path", i);
            }
        }
    }

    private static boolean isAssignment(Tokens tokens, int i) {
        return tokens.is(i, "=") || tokens.isWord(i, "to");
    }

    private static void requireSettable(
            String name, @Nullable String value, boolean standardConformingStrings, int token) throws RefusedException {
        if (!SettingRules.mayChange(name, value, standardConformingStrings)) {
            throw refusal(name, token);
        }
    }

    /** Refuses {@code current_setting} and {@code set_config} unless they name a harmless setting by a plain literal. */
    static void requireFunction(Tokens tokens, int function) throws RefusedException {
        if (isRestriction(tokens, function - 1)) {
            return;
        }
        Optional<String> literal = plainLiteral(tokens, function + 2);
        boolean alone = tokens.is(function + 3, ",") || tokens.is(function + 3, ")");
        if (literal.isEmpty() || !alone) {
            throw new RefusedException(
                    RefusalCode.SETTING,
                    "function " + tokens.name(function) + " is allowed with a literal setting name only",
                    "Write the name of the setting as a plain string constant.",
                    function);
        }
        boolean allowed = "set_config".equals(tokens.name(function))
                ? SettingRules.maySet(literal.get(), null)
                : !SettingRules.isSecret(literal.get());
        if (!allowed || isSearchPathCall(tokens, function) && holdsTemporarySchema(tokens, function + 4)) {
            throw refusal(literal.get(), function);
        }
    }

    private static boolean isSearchPathCall(Tokens tokens, int function) {
        return "set_config".equals(tokens.name(function))
                && plainLiteral(tokens, function + 2)
                        .filter(SettingRules::isSearchPath)
                        .isPresent();
    }

    private static boolean holdsTemporarySchema(Tokens tokens, int value) {
        return tokens.is(value + 1, ",")
                && constant(tokens, value)
                        .filter(SettingRules::holdsTemporarySchema)
                        .isPresent();
    }

    /** True for a call of {@code set_config} that sets the search_path to what is not a constant. */
    static boolean computesSearchPath(Tokens tokens, int function) {
        int value = function + 4;
        return tokens.is(function + 1, "(")
                && isSearchPathCall(tokens, function)
                && !(tokens.is(value + 1, ",") && constant(tokens, value).isPresent());
    }

    private static boolean isRestriction(Tokens tokens, int from) {
        int end = from + RESTRICTION.size();
        boolean whole = (from == 0 || tokens.is(from - 1, ";")) && (end == tokens.size() || tokens.is(end, ";"));
        for (int i = 0; whole && i < RESTRICTION.size(); i++) {
            whole = tokens.source(from + i).equalsIgnoreCase(RESTRICTION.get(i));
        }
        return whole;
    }

    /** True when the statement may change what unqualified names mean. */
    static boolean changesSearchPath(Tokens tokens, TokenRange statement) {
        boolean maySet = tokens.mayHold("search_path") || tokens.mayHold("set_config");
        for (int i = statement.from(); maySet && i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null && (name.equals("search_path") || name.equals("set_config"))) {
                return true;
            }
        }
        int from = statement.from();
        return tokens.isWord(from, "discard")
                || tokens.isWord(from, "rollback")
                || tokens.isWord(from, "abort")
                || (tokens.isWord(from, "reset") && tokens.isWord(from + 1, "all"))
                || (tokens.isWord(from, "set") && setsSchema(tokens, from + 1));
    }

    private static boolean setsSchema(Tokens tokens, int i) {
        boolean scoped = tokens.isWord(i, "session") || tokens.isWord(i, "local");
        return tokens.isWord(scoped ? i + 1 : i, "schema");
    }

    /** The schemas of {@code SET [SESSION | LOCAL] search_path = a, 'b'}, if that is what the statement is. */
    static Optional<List<String>> searchPathOf(Tokens tokens, TokenRange statement) {
        int i = statement.from();
        if (!tokens.isWord(i++, "set")) {
            return Optional.empty();
        }
        if (tokens.isWord(i, "session") || tokens.isWord(i, "local")) {
            i++;
        }
        if (!tokens.isWord(i, "search_path") || !isAssignment(tokens, i + 1)) {
            return Optional.empty();
        }
        List<String> schemas = new ArrayList<>();
        for (i += 2; i < statement.to(); i += 2) {
            String schema = tokens.isIdentifier(i)
                    ? tokens.name(i)
                    : plainLiteral(tokens, i).orElse(null);
            boolean separated = i + 1 == statement.to() || tokens.is(i + 1, ",");
            if (schema == null || !separated || tokens.isWord(i, "default")) {
                return Optional.empty();
            }
            schemas.add(schema);
        }
        return Optional.of(schemas);
    }

    private static String settingName(Tokens tokens, int from, int end) {
        StringBuilder name = new StringBuilder();
        for (int i = from; i < end && tokens.isIdentifier(i); i += 2) {
            name.append(name.isEmpty() ? "" : ".").append(tokens.name(i));
            if (!tokens.is(i + 1, ".")) {
                break;
            }
        }
        return name.toString();
    }

    private static @Nullable String value(Tokens tokens, int i, int end) {
        if (i + 1 != end) {
            return null;
        }
        return tokens.isIdentifier(i) ? tokens.name(i) : plainLiteral(tokens, i).orElse(null);
    }

    /** The same of a constant that can have escapes, where it has none. */
    private static Optional<String> constant(Tokens tokens, int i) {
        if (i >= tokens.size() || tokens.kind(i) != TokenKind.ESCAPE_STRING) {
            return plainLiteral(tokens, i);
        }
        String source = tokens.source(i);
        String inside = source.substring(source.indexOf('\'') + 1, source.length() - 1);
        return inside.indexOf('\'') < 0 && inside.indexOf('\\') < 0 ? Optional.of(inside) : Optional.empty();
    }

    /** The value of a plain string constant without quotes inside or continuations. */
    private static Optional<String> plainLiteral(Tokens tokens, int i) {
        if (i >= tokens.size() || tokens.kind(i) != TokenKind.STRING) {
            return Optional.empty();
        }
        String inside = tokens.text().substring(tokens.start(i) + 1, tokens.end(i) - 1);
        return inside.indexOf('\'') < 0 ? Optional.of(inside) : Optional.empty();
    }

    private static RefusedException refusal(String setting, int token) {
        return new RefusedException(
                RefusalCode.SETTING,
                "setting \"" + (SettingRules.isSecret(setting) ? "bauta.*" : setting)
                        + "\" must not be used this way in a masked session",
                HINT,
                token);
    }
}
