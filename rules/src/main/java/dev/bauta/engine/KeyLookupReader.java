package dev.bauta.engine;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnType;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.RelationKind;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.SearchPath;
import dev.bauta.rewrite.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one statement as a {@link KeyLookup}. Whatever is not of this form is none:
 *
 * <pre>
 *   SELECT names FROM [schema.]table [[AS] alias] WHERE condition [AND condition …]
 *       [ORDER BY names [ASC | DESC]] [LIMIT number]
 *
 *   condition:  [alias.]column operator value  |  [alias.]column IS [NOT] NULL
 * </pre>
 *
 * <p>in which no column of a condition is masked, each value is a parameter or a constant that is one in the column's own kind of type, and
 * each column of the table's primary key has one by {@code =}. The operators are {@code = <> != < <= > >=}. Conditions can stand in
 * parentheses. Used once.
 */
final class KeyLookupReader {
    /** A text with more tokens, or characters, is not looked at. */
    private static final int MOST_TOKENS = 200;

    private static final int MOST_CHARACTERS = 16 * 1024;

    /** {@code pg_type.oid}. */
    private static final int INT4 = 23;

    private static final int INT8 = 20;
    private static final int INFERRED = 0;

    /** Numbers of so many digits are int4, and int8. */
    private static final int DIGITS_INT4 = 9;

    private static final int DIGITS_INT8 = 18;

    /** Beside {@code =}. */
    private static final Set<String> COMPARISONS = Set.of("<>", "!=", "<", "<=", ">", ">=");

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final Tokens tokens;
    private final int end;
    private final KeyLookup.Ground ground;
    private final List<KeyLookup.Constant> constants = new ArrayList<>(1);
    private boolean parameters;
    private int at;

    private KeyLookupReader(Tokens tokens, TokenRange statement, KeyLookup.Ground ground) {
        this.tokens = tokens;
        this.at = statement.from();
        this.end = statement.to();
        this.ground = ground;
    }

    /**
     * Reads a text that was decided.
     *
     * @param statement the only one of the text
     * @param edits what was decided on it
     * @return null when it is no look-up by key
     */
    static @Nullable KeyLookup read(Tokens tokens, TokenRange statement, List<Edit> edits, KeyLookup.Ground ground) {
        if (!tokens.isWord(statement.from(), "select")
                || statement.to() - statement.from() > MOST_TOKENS
                || tokens.text().length() > MOST_CHARACTERS) {
            return null;
        }
        KeyLookupReader reader = new KeyLookupReader(tokens, statement, ground);
        return reader.matches() ? new KeyLookup(tokens, edits, reader.constants, reader.parameters, ground) : null;
    }

    private boolean matches() {
        at++;
        if (!passNames() || !passWord("from")) {
            return false;
        }
        Optional<Relation> table = readTable();
        return table.isPresent()
                && isPlainTable(table.get())
                && passAlias()
                && passWord("where")
                && passKey(table.get())
                && passOrder()
                && passLimit()
                && at == end;
    }

    /** INTO makes another statement of it. Each constant that is left in the text would have to be the same for all keys. */
    private boolean passNames() {
        int first = at;
        while (at < end && !tokens.isWord(at, "from")) {
            boolean named = isName(at) && !tokens.isWord(at, "into");
            if (!named && !tokens.is(at, ",") && !tokens.is(at, ".") && !tokens.is(at, "*")) {
                return false;
            }
            at++;
        }
        return at > first;
    }

    private boolean passWord(String word) {
        boolean there = at < end && tokens.isWord(at, word);
        at += there ? 1 : 0;
        return there;
    }

    private boolean pass(String symbol) {
        boolean there = at < end && tokens.is(at, symbol);
        at += there ? 1 : 0;
        return there;
    }

    private @Nullable String passName() {
        return at < end && isName(at) ? tokens.name(at++) : null;
    }

    /** Of a name that it cuts off the server tells each time that it reads it. */
    private boolean isName(int token) {
        String name = tokens.name(token);
        int quotes = tokens.kind(token) == TokenKind.QUOTED_IDENTIFIER ? 2 : 0;
        return name != null && name.length() + quotes == tokens.end(token) - tokens.start(token);
    }

    private Optional<Relation> readTable() {
        String first = passName();
        if (first == null) {
            return Optional.empty();
        }
        CatalogSnapshot catalog = ground.policy().catalog();
        if (pass(".")) {
            String name = passName();
            return name == null ? Optional.empty() : catalog.findRelation(new QualifiedName(first, name));
        }
        return ground.searchPath() instanceof SearchPath.Known known ? known.find(catalog, first) : Optional.empty();
    }

    /** Of a table with children the key is not unique. */
    private static boolean isPlainTable(Relation table) {
        return table.kind() == RelationKind.TABLE
                && table.children().isEmpty()
                && !table.primaryKey().isEmpty();
    }

    private boolean passAlias() {
        boolean none = !passWord("as") && tokens.isWord(at, "where");
        return none || passName() != null;
    }

    private boolean passKey(Relation table) {
        List<Integer> left = new ArrayList<>(table.primaryKey());
        return passConditions(table, left) && left.isEmpty();
    }

    /**
     * Passes what has to hold all together.
     *
     * @param left the columns of the key that have no value yet
     */
    private boolean passConditions(Relation table, List<Integer> left) {
        do {
            boolean passed = pass("(") ? passConditions(table, left) && pass(")") : passCondition(table, left);
            if (!passed) {
                return false;
            }
        } while (passWord("and"));
        return true;
    }

    private boolean passCondition(Relation table, List<Integer> left) {
        Column column = passClearColumn(table);
        if (column == null) {
            return false;
        }
        if (passWord("is")) {
            passWord("not");
            return passWord("null");
        }
        if (pass("=")) {
            left.remove(Integer.valueOf(column.number()));
            return passValueOf(column);
        }
        return passComparison() && passValueOf(column);
    }

    private boolean passComparison() {
        boolean compared = at < end && tokens.kind(at) == TokenKind.OPERATOR && COMPARISONS.contains(tokens.source(at));
        at += compared ? 1 : 0;
        return compared;
    }

    private @Nullable Column passClearColumn(Relation table) {
        String name = passColumnName();
        Column column = name == null ? null : table.findColumn(name).orElse(null);
        boolean clear = column != null && ground.policy().protection(table).isClear(column.number());
        return clear ? column : null;
    }

    private @Nullable String passColumnName() {
        String name = passName();
        return pass(".") ? passName() : name;
    }

    private boolean passValueOf(Column column) {
        if (column.type().is("bool") && (passWord("true") || passWord("false"))) {
            return true;
        }
        if (at >= end) {
            return false;
        }
        KeyLookup.Constant constant = null;
        if (tokens.kind(at) == TokenKind.INTEGER) {
            constant = integer(column.type());
        } else if (tokens.kind(at) == TokenKind.STRING) {
            constant = string(column.type());
        }
        if (constant != null) {
            constants.add(constant);
            at++;
            return true;
        }
        return passParameter();
    }

    private boolean passParameter() {
        boolean parameter = at < end && tokens.kind(at) == TokenKind.PARAMETER;
        parameters |= parameter;
        at += parameter ? 1 : 0;
        return parameter;
    }

    /** There is one row to be brought into order. */
    private boolean passOrder() {
        if (!passWord("order")) {
            return true;
        }
        if (!passWord("by")) {
            return false;
        }
        do {
            if (passColumnName() == null) {
                return false;
            }
            if (!passWord("asc")) {
                passWord("desc");
            }
        } while (pass(","));
        return true;
    }

    /** The number belongs to the shape: most programs ask with one or two of them. */
    private boolean passLimit() {
        if (!passWord("limit")) {
            return true;
        }
        if (at < end && tokens.kind(at) == TokenKind.INTEGER) {
            at++;
            return true;
        }
        return passParameter();
    }

    /** Whether a longer number is of one type or the other depends on its value. */
    private KeyLookup.@Nullable Constant integer(ColumnType type) {
        boolean fits = type.is("int2") || type.is("int4") || type.is("int8");
        int digits = tokens.end(at) - tokens.start(at);
        boolean decimal = tokens.source(at).chars().allMatch(c -> c >= '0' && c <= '9');
        if (!fits || !decimal || digits > DIGITS_INT8) {
            return null;
        }
        if (digits <= DIGITS_INT4) {
            return new KeyLookup.Constant(at, INT4, tokens.source(at));
        }
        long value = Long.parseLong(tokens.source(at));
        return new KeyLookup.Constant(at, value <= Integer.MAX_VALUE ? INT4 : INT8, tokens.source(at));
    }

    /** A string that its type does not take would be told of otherwise. */
    private KeyLookup.@Nullable Constant string(ColumnType type) {
        String source = tokens.source(at);
        String value = source.substring(1, source.length() - 1);
        boolean plain = value.indexOf('\'') < 0 && value.indexOf('\\') < 0;
        boolean fits = type.is("text")
                || type.is("varchar")
                || type.is("uuid") && UUID.matcher(value).matches();
        return plain && fits ? new KeyLookup.Constant(at, INFERRED, value) : null;
    }
}
