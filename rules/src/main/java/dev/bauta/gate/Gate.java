package dev.bauta.gate;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.UnsafeName;
import dev.bauta.catalog.UnsafeName.Attribute;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.SensitiveNames;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rulefile.StatementKind;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides from tokens alone whether a statement can reach anything protected. A statement can do so only by naming something;
 * so a statement without a sensitive name passes untouched, whatever else PostgreSQL makes of it. Immutable and thread-safe.
 */
public final class Gate {
    private static final String ALLOW_HINT =
            "Ask the DBA to allow the function in the rule file, under functions: allow:, if it is harmless.";

    private final SensitiveNames names;
    private final StatementKinds kinds;
    private final LexerSettings settings;

    /**
     * @param names what matters
     * @param denied the kinds of statements that are not allowed
     * @param settings how the tokens were read
     */
    public Gate(SensitiveNames names, Set<StatementKind> denied, LexerSettings settings) {
        this.names = names;
        this.kinds = new StatementKinds(denied);
        this.settings = settings;
    }

    /** What the gate says of a statement that it does not refuse. */
    public enum Verdict {
        /** It names nothing protected: it passes byte for byte. */
        PASS,
        /** It names something protected, or needs an edit: it must be analysed. */
        ANALYSE
    }

    /**
     * Looks at one statement.
     *
     * @throws RefusedException where no analysis could make it safe
     */
    public Verdict examine(Tokens tokens, TokenRange statement, StatementHead head) throws RefusedException {
        kinds.requireAllowed(tokens, statement, head);
        if (head instanceof StatementHead.Lock) {
            return Verdict.PASS;
        }
        if (head instanceof StatementHead.Other other) {
            throw notAllowed(tokens, statement, other);
        }
        if (tokens.isWord(statement.from(), "explain")) {
            requireExplainable(tokens, statement);
        }
        if (head instanceof StatementHead.CreateTemporaryTable) {
            requireSafeDefinition(tokens, statement);
        }
        SystemTargets.requireNone(tokens, statement, names);
        Attributes attributes = new Attributes(tokens, statement);
        BitSet relations = RelationNames.find(tokens, statement, head);
        int named = -1;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (examineToken(tokens, statement, attributes, relations, i) && named < 0) {
                named = i;
            }
        }
        if (head instanceof StatementHead.Setting) {
            SettingStatement.require(tokens, statement, settings.standardConformingStrings());
        } else if (head instanceof StatementHead.Query) {
            SelectInto.requireTemporary(tokens, statement);
        }
        if (named < 0 && head instanceof StatementHead.Plain && tokens.isWord(statement.from(), "explain")) {
            // The prepared statement may be over something protected, of which its plan would show estimates.
            return Verdict.ANALYSE;
        }
        return verdict(head, tokens, named);
    }

    /**
     * Refuses a statement whose plan shows the conditions of views that read protected columns: they can hold their values.
     *
     * @param statement an EXPLAIN, or what one is of
     */
    public void requireExplainable(Tokens tokens, TokenRange statement) throws RefusedException {
        for (int i = StatementHeads.behindOptions(tokens, statement); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null && names.isTellingView(name)) {
                throw new RefusedException(
                        RefusalCode.PROTECTED_RELATION,
                        "the plan of \"" + name + "\" shows a definition that reads protected columns",
                        "EXPLAIN a query of tables.",
                        i);
            }
        }
    }

    /** The token that names the prepared statement of which an EXPLAIN shows the plan; -1 where the statement is none. */
    public static int explainedName(Tokens tokens, TokenRange statement) {
        if (!tokens.isWord(statement.from(), "explain")) {
            return -1;
        }
        StatementHead head = StatementHead.of(tokens, statement);
        int execute = head instanceof StatementHead.CreateTemporaryTable create
                ? create.query().from()
                : head instanceof StatementHead.Plain ? StatementHeads.behindOptions(tokens, statement) : -1;
        return execute >= 0 && tokens.isWord(execute, "execute") ? execute + 1 : -1;
    }

    private static RefusedException notAllowed(Tokens tokens, TokenRange statement, StatementHead.Other other) {
        int first = statement.from();
        if (tokens.kind(first) == TokenKind.WORD && !StatementWords.contains(tokens.name(first))) {
            return new RefusedException(
                    RefusalCode.SYNTAX,
                    "syntax error at or near \"" + tokens.source(first) + "\"",
                    "No statement of PostgreSQL begins with this word.",
                    first);
        }
        return new RefusedException(
                RefusalCode.STATEMENT_KIND,
                other.what() + " is not allowed to a masked role",
                "Connect as a role with raw access, or use a query.",
                first);
    }

    /** @param named the first token that names a relation that matters, -1 for none */
    private static Verdict verdict(StatementHead head, Tokens tokens, int named) throws RefusedException {
        if (head instanceof StatementHead.DropTable) {
            return Verdict.ANALYSE;
        }
        if (named < 0) {
            return Verdict.PASS;
        }
        if (head instanceof StatementHead.Plain || head instanceof StatementHead.Setting) {
            throw new RefusedException(
                    RefusalCode.NOT_ANALYSABLE,
                    "this statement names the protected relation \"" + tokens.name(named) + "\"",
                    "Protected relations may be read by queries, COPY … TO STDOUT, cursors and prepared statements.",
                    named);
        }
        return Verdict.ANALYSE;
    }

    /**
     * True when the token names a relation that matters, or what needs an edit; refuses where it names something unsafe.
     *
     * @param relations the tokens that can name relations
     */
    private boolean examineToken(Tokens tokens, TokenRange statement, Attributes attributes, BitSet relations, int i)
            throws RefusedException {
        TokenKind kind = tokens.kind(i);
        if (kind == TokenKind.OPERATOR) {
            if (names.hasOperators()) {
                requireSafeOperator(tokens, i, tokens.operator(i, settings.jdbcPlaceholders()));
            }
            return false;
        }
        String name = tokens.name(i);
        if (name == null) {
            return false;
        }
        requireNoHiddenSchema(i, name);
        if (names.hasOperators()) {
            for (String symbol : WordOperators.symbols(tokens, i)) {
                requireSafeOperator(tokens, i, symbol);
            }
        }
        if (!names.matter(name)) {
            return false;
        }
        boolean call = tokens.is(i + 1, "(");
        if (call && names.isSettingFunction(name)) {
            SettingStatement.requireFunction(tokens, i);
        }
        if (call && tokens.isWord(i, "treat")) {
            throw attributeCall(name, i);
        }
        Attribute behindPoint = attributes.find(i);
        Attribute attribute = call ? Attribute.NEVER : behindPoint;
        if (attribute == Attribute.OF_VALUE && (names.isSettingFunction(name) || names.isDefinitionFunction(name))) {
            throw attributeCall(name, i);
        }
        requireSafeFunction(tokens, i, name, attribute);
        requireSafeType(tokens, statement, behindPoint, i, name);
        return relations.get(i) && names.isRelation(name)
                || call && names.isDefinitionFunction(name)
                || computesSearchPath(tokens, i);
    }

    /** @param attribute {@link Attribute#NEVER} where the name stands before an opening parenthesis, or means nothing */
    private void requireSafeFunction(Tokens tokens, int i, String name, Attribute attribute) throws RefusedException {
        boolean call = tokens.is(i + 1, "(");
        if (!call && attribute == Attribute.NEVER) {
            return;
        }
        List<UnsafeName> unsafe = names.functions(name);
        if (unsafe.isEmpty() || isInsertTarget(tokens, i)) {
            return;
        }
        for (UnsafeName function : unsafe) {
            boolean meant = call
                    ? mayMean(tokens, i, function.name())
                    : function.attribute().compareTo(attribute) >= 0;
            if (meant) {
                throw unsafe("function", function, i);
            }
        }
    }

    /** A call without parentheses behind the function's name is not looked into. */
    private static RefusedException attributeCall(String name, int token) {
        return new RefusedException(
                RefusalCode.UNSAFE_OBJECT,
                "a call of a function by TREAT or as an attribute is not allowed to a masked role: \"" + name + "\"",
                "Write the function's name, and its arguments in parentheses behind it.",
                token);
    }

    /** {@code INSERT INTO name (column, …)} looks like a call. */
    private static boolean isInsertTarget(Tokens tokens, int i) {
        int first = i;
        while (tokens.is(first - 1, ".") && tokens.isIdentifier(first - 2)) {
            first -= 2;
        }
        return tokens.isWord(first - 1, "into");
    }

    /** Whether the possibly qualified name that ends at a token can resolve to an object. */
    private static boolean mayMean(Tokens tokens, int i, QualifiedName object) {
        boolean qualified = tokens.is(i - 1, ".") && tokens.isIdentifier(i - 2);
        return !qualified || object.schema().equals(tokens.name(i - 2));
    }

    /** @param symbol PostgreSQL reads {@code !=} as {@code <>} */
    private void requireSafeOperator(Tokens tokens, int i, String symbol) throws RefusedException {
        for (UnsafeName operator : names.operators(symbol.equals("!=") ? "<>" : symbol)) {
            if (mayMean(tokens, i, operator.name())) {
                throw unsafe("operator", operator, i);
            }
        }
    }

    /**
     * {@code PARTITION BY RANGE (column class)}, {@code EXCLUDE USING btree (column class WITH =)}, {@code LIKE table INCLUDING ALL}: in doubt a name
     * is that of a class, and of a table that is copied.
     */
    private void requireSafeDefinition(Tokens tokens, TokenRange statement) throws RefusedException {
        boolean copies = tokens.mayHold("including");
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name == null) {
                continue;
            }
            requireSafe("operator class", names.operatorClasses(name), tokens, i);
            if (copies) {
                requireSafe("a copy of the definition of", names.copies(name), tokens, i);
            }
        }
    }

    private static void requireSafe(String what, List<UnsafeName> unsafe, Tokens tokens, int i)
            throws RefusedException {
        for (UnsafeName name : unsafe) {
            if (mayMean(tokens, i, name.name())) {
                throw unsafe(what, name, i);
            }
        }
    }

    private void requireSafeType(Tokens tokens, TokenRange statement, Attribute attribute, int i, String name)
            throws RefusedException {
        List<UnsafeName> unsafe = names.types(name);
        if (unsafe.isEmpty() || !TypePositions.contains(tokens, statement, attribute, i)) {
            return;
        }
        for (UnsafeName type : unsafe) {
            if (attribute == Attribute.OF_VALUE || mayMean(tokens, i, type.name())) {
                throw unsafe("type", type, i);
            }
        }
    }

    /**
     * Why parameters may not be of these types: of one that calls an unsafe function, to which the server casts the values.
     *
     * @param types {@code pg_type.oid} of the parameters, 0 for what the server infers from the text
     * @return null where they may
     */
    public @Nullable RefusedException findUnsafeParameter(List<Integer> types) {
        for (int oid : types) {
            UnsafeName type = names.parameterType(oid);
            if (type != null) {
                return unsafe("type", type, -1);
            }
        }
        return null;
    }

    /**
     * TOAST relations hold pieces of protected values; nobody but the server needs to name them. Temporary views of other sessions show what
     * these see, to whoever may use all schemas; no catalog snapshot knows them.
     */
    private static void requireNoHiddenSchema(int i, String name) throws RefusedException {
        if (name.startsWith("pg_temp_")) {
            throw new RefusedException(
                    RefusalCode.PROTECTED_RELATION,
                    "temporary relations of other sessions are not readable in a masked session",
                    "Write pg_temp before the names of your own.",
                    i);
        }
        if (name.startsWith("pg_toast") && (name.length() == "pg_toast".length() || name.startsWith("pg_toast_"))) {
            throw new RefusedException(
                    RefusalCode.PROTECTED_RELATION,
                    "TOAST relations are not readable in a masked session",
                    "Query the table itself.",
                    i);
        }
    }

    private static RefusedException unsafe(String what, UnsafeName name, int token) {
        return new RefusedException(
                RefusalCode.UNSAFE_OBJECT,
                what + " " + name.name() + " is not allowed to a masked role: it " + name.because(),
                name.isOfOwnFunctions()
                        ? ALLOW_HINT
                        : "It could reach data behind the masks; there is no way to allow it.",
                token);
    }

    /** True for the name of a call of {@code set_config} that sets the search_path to what is not a constant. */
    public static boolean computesSearchPath(Tokens tokens, int function) {
        return SettingStatement.computesSearchPath(tokens, function);
    }

    /** True when the statement may change what unqualified names mean. */
    public static boolean changesSearchPath(Tokens tokens, TokenRange statement) {
        return SettingStatement.changesSearchPath(tokens, statement);
    }

    /** The schemas that a plain {@code SET search_path} names, if the statement is one. */
    public static java.util.Optional<List<String>> searchPathOf(Tokens tokens, TokenRange statement) {
        return SettingStatement.searchPathOf(tokens, statement);
    }
}
