package dev.bauta.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the text form of PostgreSQL's node trees, as {@code pg_rewrite.ev_action} and {@code pg_constraint.conbin}
 * hold them:
 *
 * <pre>
 * ({QUERY :commandType 1 … :rtable ({RANGETBLENTRY :alias &lt;&gt; … :relid 16389}) … :setOperations &lt;&gt;})
 * </pre>
 *
 * <p>Braces hold a node: its tag, then fields, each a name that starts with a colon and a value. Parentheses hold a list.
 * All else is an atom, in which a backslash takes any meaning from the character after it. A field's first token is
 * always its value, whatever it looks like: a column may well be called {@code :resorigtbl}.
 */
final class NodeTree {
    /** Deeper trees are taken for malformed; real ones have some dozens of levels. */
    private static final int MAX_DEPTH = 1000;

    private final String text;
    private int position;
    private @Nullable String token;

    private NodeTree(String text) {
        this.text = text;
        next();
    }

    /** A value in a tree. */
    sealed interface Term {}

    /** A single token, backslashes kept. */
    record Atom(String text) implements Term {}

    /** A list. */
    record Items(List<Term> terms) implements Term {}

    /** A node with its fields; where a field has several tokens only the first is kept. */
    record Node(String tag, Map<String, Term> fields) implements Term {
        /** A field that must be there. */
        Term field(String name) throws MalformedTreeException {
            Term value = fields.get(name);
            if (value == null) {
                throw new MalformedTreeException();
            }
            return value;
        }

        /** The number in a field that must be there; an oid comes as the bits of an int. */
        int number(String name) throws MalformedTreeException {
            return NodeTree.number(field(name));
        }

        /** The elements of a field that must be there, none for the empty list. */
        List<Term> list(String name) throws MalformedTreeException {
            Term value = field(name);
            return value instanceof Items items ? items.terms() : List.of();
        }
    }

    /** A text that is no node tree of the form known here. */
    static final class MalformedTreeException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedTreeException() {
            super("unknown form of node tree", null, false, false);
        }
    }

    /** Reads a whole text. */
    static Term parse(String text) throws MalformedTreeException {
        NodeTree tree = new NodeTree(text);
        Term term = tree.term(0);
        if (tree.token != null) {
            throw new MalformedTreeException();
        }
        return term;
    }

    /** The number that a term holds. */
    static int number(Term term) throws MalformedTreeException {
        if (term instanceof Atom atom && atom.text().matches("-?[0-9]{1,10}")) {
            return (int) Long.parseLong(atom.text());
        }
        throw new MalformedTreeException();
    }

    private Term term(int depth) throws MalformedTreeException {
        if (depth > MAX_DEPTH) {
            throw new MalformedTreeException();
        }
        String current = take();
        return switch (current) {
            case "{" -> node(depth);
            case "(" -> items(depth);
            case ")", "}" -> throw new MalformedTreeException();
            default -> new Atom(current);
        };
    }

    private Term node(int depth) throws MalformedTreeException {
        String tag = take();
        Map<String, Term> fields = new HashMap<>();
        while (!"}".equals(token)) {
            String name = take();
            if (!name.startsWith(":")) {
                throw new MalformedTreeException();
            }
            if (fields.put(name.substring(1), term(depth + 1)) != null) {
                throw new MalformedTreeException();
            }
            skipRest(depth);
        }
        next();
        return new Node(tag, fields);
    }

    /** Skips what follows a field's first token, such as the bytes of a constant. */
    private void skipRest(int depth) throws MalformedTreeException {
        while (token != null && !token.equals("}") && !token.startsWith(":")) {
            term(depth + 1);
        }
    }

    private Term items(int depth) throws MalformedTreeException {
        List<Term> terms = new ArrayList<>();
        while (!")".equals(token)) {
            terms.add(term(depth + 1));
        }
        next();
        return new Items(terms);
    }

    private String take() throws MalformedTreeException {
        String taken = token;
        if (taken == null) {
            throw new MalformedTreeException();
        }
        next();
        return taken;
    }

    private void next() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
        if (position == text.length()) {
            token = null;
            return;
        }
        int start = position;
        if (isBracket(text.charAt(position))) {
            position++;
        } else {
            skipAtom();
        }
        token = text.substring(start, position);
    }

    private void skipAtom() {
        while (position < text.length() && !isSpace(text.charAt(position)) && !isBracket(text.charAt(position))) {
            position += text.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(position, text.length());
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static boolean isBracket(char c) {
        return c == '(' || c == ')' || c == '{' || c == '}';
    }
}
