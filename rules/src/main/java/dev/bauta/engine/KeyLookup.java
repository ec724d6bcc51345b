package dev.bauta.engine;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.SearchPath;
import dev.bauta.rewrite.Edit;
import dev.bauta.rewrite.RewrittenText;
import java.util.ArrayList;
import java.util.List;

/**
 * A SELECT of names from one table by its whole primary key, and perhaps other columns, as it was decided. Its result has one row at the most and is found by the same
 * plan whatever the key is, so that a door can have the server prepare it once for all keys. Immutable; {@link #toString} shows nothing
 * of it.
 */
public final class KeyLookup {
    private final Tokens tokens;
    private final List<Edit> edits;
    private final List<Constant> constants;
    private final boolean parameters;
    private final Ground ground;
    private final String shape;

    /**
     * A constant that a column is compared with, of a type for which a parameter in its place means the same.
     *
     * @param token where it stands
     * @param type {@code pg_type.oid} of the parameter, 0 where the server infers it as it infers that of the constant
     * @param value the constant's value as text
     */
    record Constant(int token, int type, String value) {}

    /**
     * What a decision on a text stands on. All texts of a shape are decided alike on the same ground.
     *
     * @param policy under which it was decided
     * @param settings how the text was read
     * @param searchPath where names were looked for
     */
    public record Ground(Policy policy, LexerSettings settings, SearchPath searchPath) {
        /** True when it is the same. */
        public boolean isSame(Ground other) {
            return isUnderSamePolicy(other) && settings.equals(other.settings) && searchPath.equals(other.searchPath);
        }

        /** True when both were decided under the same rules and tables. Policies are the same only when they are one object. */
        public boolean isUnderSamePolicy(Ground other) {
            return policy == other.policy;
        }

        /** Nothing of it. */
        @Override
        public String toString() {
            return "Ground[]";
        }
    }

    /**
     * @param edits what was decided on the text
     * @param constants with which columns are compared, in order
     * @param parameters true where others are compared with parameters
     */
    KeyLookup(Tokens tokens, List<Edit> edits, List<Constant> constants, boolean parameters, Ground ground) {
        this.tokens = tokens;
        this.edits = edits;
        this.constants = List.copyOf(constants);
        this.parameters = parameters;
        this.ground = ground;
        this.shape = shape(tokens, this.constants);
    }

    private static String shape(Tokens tokens, List<Constant> constants) {
        String text = tokens.text();
        StringBuilder shape = new StringBuilder(text.length() + 8);
        int copied = 0;
        for (Constant constant : constants) {
            shape.append(text, copied, tokens.start(constant.token()))
                    .append('\0')
                    .append((char) constant.type());
            copied = tokens.end(constant.token());
        }
        return shape.append(text, copied, text.length()).toString();
    }

    /** What the decision on it stands on. */
    public Ground ground() {
        return ground;
    }

    /** True when the text has parameters of its own. */
    public boolean takesParameters() {
        return parameters;
    }

    /** The client's text but for the values of its constants: equal for texts that one prepared statement does for. */
    public String shape() {
        return shape;
    }

    /** The values of the constants, in order; empty where all are parameters. */
    public List<String> values() {
        return constants.stream().map(Constant::value).toList();
    }

    /** The types of the parameters that stand in the place of the constants, as a Parse message gives them. */
    public List<Integer> types() {
        return constants.stream().map(Constant::type).toList();
    }

    /**
     * The text as it was decided, with parameters in the place of its constants, {@code ?} in JDBC text; for a text that takes none of its
     * own.
     */
    public RewrittenText prepared() {
        List<Edit> all = new ArrayList<>(edits);
        int number = 1;
        boolean jdbc = ground.settings().jdbcPlaceholders();
        for (Constant constant : constants) {
            String parameter = jdbc ? "?" : "$" + number++;
            all.add(Edit.replace(new TokenRange(constant.token(), constant.token() + 1), parameter));
        }
        return RewrittenText.of(tokens, all);
    }

    /** How many constants; none of them. */
    @Override
    public String toString() {
        return "KeyLookup[" + constants.size() + " constants]";
    }
}
