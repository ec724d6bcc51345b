package dev.bauta.parser;

import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A statement with what the parser says of it. */
public record Parsed(Tokens tokens, TokenRange statement, Resolver resolver) {
    /** Parses a statement; braces are left out of it, they mark what a test expects. */
    static Parsed of(String marked) throws NotAnalysableException {
        return ofText(marked.replace("{", "").replace("}", ""));
    }

    /** Parses a statement as it stands. */
    public static Parsed ofText(String text) throws NotAnalysableException {
        Tokens tokens = lex(text);
        return of(tokens, new TokenRange(0, tokens.size()));
    }

    /** Parses one statement of a text. */
    public static Parsed of(Tokens tokens, TokenRange statement) throws NotAnalysableException {
        return new Parsed(tokens, statement, QueryParser.analyse(tokens, statement));
    }

    static Tokens lex(String text) {
        try {
            return Lexer.lex(text, LexerSettings.SERVER);
        } catch (LexicalException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What the parser's users are handed. */
    public ParsedQuery query() {
        return resolver.query();
    }

    /** The references to relations, and those to WITH items, in text order. */
    public List<TableReference> references() {
        return Stream.concat(query().tables().stream(), resolver.withItemReferences().stream())
                .sorted(Comparator.comparingInt(table -> table.range().from()))
                .toList();
    }

    /** The statement with braces around the relations that it refers to. */
    String markTables() {
        return mark(query().tables().stream().map(TableReference::range).toList());
    }

    /** The statement with braces around its column references. */
    String markColumns() {
        return mark(query().columns().stream()
                .map(ParsedQuery.ColumnReference::range)
                .toList());
    }

    /** The identifiers whose meaning is not accounted for. */
    public List<String> unexplained() {
        List<String> unexplained = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.isIdentifier(i) && !query().explained().get(i)) {
                unexplained.add(tokens.source(i));
            }
        }
        return unexplained;
    }

    private String mark(List<TokenRange> ranges) {
        StringBuilder marked = new StringBuilder(tokens.text());
        for (int i = ranges.size() - 1; i >= 0; i--) {
            marked.insert(tokens.end(ranges.get(i).to() - 1), '}');
            marked.insert(tokens.start(ranges.get(i).from()), '{');
        }
        return marked.toString();
    }
}
