package dev.bauta.engine;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.OutputColumn;
import dev.bauta.parser.QueryParser;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.policy.SearchPath;
import dev.bauta.rewrite.ExplainRewriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where the columns of a statement's result come from, for people. Nothing is decided by it. */
public final class Lineage {
    private final FactFinder finder;
    private final @Nullable Policy policy;

    private Lineage(FactFinder finder, @Nullable Policy policy) {
        this.finder = finder;
        this.policy = policy;
    }

    /**
     * Where the result of a text comes from, empty where it is not one query, or not understood.
     *
     * @param policy what the one who asks sees
     * @param raw true where that is everything
     */
    public static List<ResultColumn> of(Policy policy, boolean raw, String text, SearchPath searchPath) {
        try {
            Tokens tokens = Lexer.lex(text, LexerSettings.SERVER);
            List<TokenRange> statements = Statements.split(tokens);
            return statements.size() == 1 ? of(policy, raw, tokens, statements.get(0), searchPath) : List.of();
        } catch (LexicalException e) {
            return List.of();
        }
    }

    /** The same of one statement of a text that has been read. */
    static List<ResultColumn> of(
            Policy policy, boolean raw, Tokens tokens, TokenRange statement, SearchPath searchPath) {
        FactFinder finder = new FactFinder(policy, tokens, statement, searchPath);
        TokenRange query = finder.query();
        if (query.from() == query.to() || ExplainRewriter.isExplain(tokens, statement)) {
            return List.of();
        }
        Lineage lineage = new Lineage(finder, raw ? null : policy);
        try {
            return QueryParser.outputs(tokens, query, lineage::columns).stream()
                    .map(lineage::column)
                    .toList();
        } catch (NotAnalysableException e) {
            return List.of();
        }
    }

    private @Nullable Relation relation(List<String> parts) {
        List<Relation> candidates = finder.candidates(parts);
        return candidates.size() == 1 ? candidates.get(0) : null;
    }

    private List<String> columns(List<String> parts) {
        Relation relation = relation(parts);
        return relation == null
                ? List.of()
                : relation.columns().stream().map(Column::name).toList();
    }

    private ResultColumn column(OutputColumn output) {
        return new ResultColumn(
                output.name(),
                null,
                output.copied(),
                output.origins().stream().map(this::source).toList());
    }

    private ResultColumn.Source source(OutputColumn.Origin origin) {
        Relation relation = relation(origin.relation());
        if (relation == null) {
            return new ResultColumn.Source(String.join(".", origin.relation()) + "." + origin.column(), null, null);
        }
        String name = relation.name() + "." + origin.column();
        MaskedColumn masked = policy != null && policy.protection(relation) instanceof Protection.Masked protection
                ? relation.findColumn(origin.column())
                        .map(Column::number)
                        .map(protection.columns()::get)
                        .orElse(null)
                : null;
        return masked == null
                ? new ResultColumn.Source(name, null, null)
                : new ResultColumn.Source(name, masked.mask().name(), masked.rule());
    }
}
