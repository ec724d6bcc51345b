package dev.bauta.engine;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.catalog.Column;
import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.QueryParser;
import dev.bauta.parser.TableReference;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.SearchPath;
import dev.bauta.rewrite.NamedColumns;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what there is to tell about a statement. Nothing is decided here: what is not understood is told in full breadth. */
final class FactFinder {
    /** More than any has. */
    private static final int LONGEST_KEY_WORD = 20;

    private final Policy policy;
    private final Tokens tokens;
    private final TokenRange statement;
    private final SearchPath searchPath;
    private final Set<QualifiedName> relations = new LinkedHashSet<>();
    private final Set<ProtectedColumn> columns = new LinkedHashSet<>();

    FactFinder(Policy policy, Tokens tokens, TokenRange statement, SearchPath searchPath) {
        this.policy = policy;
        this.tokens = tokens;
        this.statement = statement;
        this.searchPath = searchPath;
    }

    static StatementFacts find(Policy policy, Tokens tokens, TokenRange statement, SearchPath searchPath) {
        FactFinder finder = new FactFinder(policy, tokens, statement, searchPath);
        return finder.find(finder.parse());
    }

    static StatementFacts findByNames(Policy policy, Tokens tokens, TokenRange statement, SearchPath searchPath) {
        return new FactFinder(policy, tokens, statement, searchPath).find(Optional.empty());
    }

    private StatementFacts find(Optional<ParsedQuery> query) {
        query.ifPresentOrElse(this::addTables, this::addEverythingNamed);
        HeldReferences references = HeldReferences.of(tokens, statement);
        Set<String> takes = new HashSet<>(references.statements());
        takes.addAll(references.portals());
        return new StatementFacts(
                kind(query),
                Fingerprint.of(tokens, statement),
                List.copyOf(relations),
                List.copyOf(columns),
                policy.rules().version(),
                Holdings.leavesBehind(tokens, statement) ? String.valueOf(tokens.name(statement.from() + 1)) : "",
                takes);
    }

    private String kind(Optional<ParsedQuery> query) {
        int first = statement.from();
        if (query.isPresent() && tokens.isWord(first, "with")) {
            return query.get().kind().toString();
        }
        if (tokens.kind(first) != TokenKind.WORD) {
            return tokens.isIdentifier(first) ? StatementFacts.UNKNOWN : "SELECT";
        }
        return tokens.end(first) - tokens.start(first) > LONGEST_KEY_WORD
                ? StatementFacts.UNKNOWN
                : tokens.source(first).toUpperCase(Locale.ROOT);
    }

    private Optional<ParsedQuery> parse() {
        TokenRange query = query();
        if (query.from() == query.to()) {
            return Optional.empty();
        }
        try {
            return Optional.of(QueryParser.parse(tokens, query));
        } catch (NotAnalysableException e) {
            return Optional.empty();
        }
    }

    /** The tokens of the query in the statement, none where it is about none. */
    TokenRange query() {
        StatementHead head = StatementHead.of(tokens, statement);
        if (head instanceof StatementHead.Query query) {
            return query.query();
        } else if (head instanceof StatementHead.CreateTemporaryTable create) {
            return create.query();
        }
        return new TokenRange(statement.from(), statement.from());
    }

    private void addTables(ParsedQuery query) {
        NamedColumns named = new NamedColumns(tokens, statement, query);
        for (TableReference reference : query.tables()) {
            for (Relation relation : candidates(reference.parts())) {
                add(relation, named.of(reference, relation));
            }
        }
    }

    private void addEverythingNamed() {
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null) {
                boolean qualified = i - 2 >= statement.from() && tokens.is(i - 1, ".") && tokens.isIdentifier(i - 2);
                List<String> parts = qualified ? List.of(String.valueOf(tokens.name(i - 2)), name) : List.of(name);
                candidates(parts).forEach(relation -> add(relation, relation.columns()));
            }
        }
    }

    private void add(Relation relation, Collection<Column> taken) {
        relations.add(relation.name());
        if (policy.protection(relation) instanceof Protection.Masked masked) {
            for (Column column : taken) {
                Protection.MaskedColumn found = masked.columns().get(column.number());
                if (found != null) {
                    columns.add(new ProtectedColumn(
                            relation.name(),
                            column.name(),
                            found.mask().name(),
                            found.rule(),
                            new ColumnOrigin(relation.oid(), column.number())));
                }
            }
        }
    }

    /** What a name can mean. */
    List<Relation> candidates(List<String> parts) {
        CatalogSnapshot catalog = policy.catalog();
        String name = parts.get(parts.size() - 1);
        if (parts.size() > 1) {
            return catalog.findRelation(new QualifiedName(parts.get(parts.size() - 2), name)).stream()
                    .toList();
        }
        if (!(searchPath instanceof SearchPath.Known known)) {
            return catalog.relationsNamed(name);
        }
        return known.find(catalog, name).stream().toList();
    }
}
