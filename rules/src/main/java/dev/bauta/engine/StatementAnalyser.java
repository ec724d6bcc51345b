package dev.bauta.engine;

import dev.bauta.catalog.Relation;
import dev.bauta.gate.Gate;
import dev.bauta.gate.RelationNames;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.NotAnalysableException;
import dev.bauta.parser.ParsedQuery;
import dev.bauta.parser.QueryParser;
import dev.bauta.parser.TableReference;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rewrite.CopyRewriter;
import dev.bauta.rewrite.DefinitionFunctions;
import dev.bauta.rewrite.DropTableRewriter;
import dev.bauta.rewrite.Edit;
import dev.bauta.rewrite.ExplainRewriter;
import dev.bauta.rewrite.QueryRewriter;
import dev.bauta.rewrite.RewrittenText;
import dev.bauta.rewrite.SearchPathArguments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Analyses one statement that the gate holds back: parse, resolve, rewrite, and check the result. Immutable and thread-safe.
 */
final class StatementAnalyser {
    private static final String PLAINER_HINT =
            "Write the query in plainer SQL, or ask for raw access; the statement was not run.";

    private final Policy policy;
    private final LexerSettings settings;

    StatementAnalyser(Policy policy, LexerSettings settings) {
        this.policy = policy;
        this.settings = settings;
    }

    /** The edits for a statement that is the whole of its text. */
    List<Edit> analyse(Tokens tokens, TokenRange statement, SearchPath searchPath) throws RefusedException {
        List<Edit> edits = new ArrayList<>(edits(tokens, statement, searchPath));
        if (edits.stream().anyMatch(Edit::masks)) {
            if (ExplainRewriter.isExplain(tokens, statement)) {
                edits.add(ExplainRewriter.withoutCosts(tokens, statement));
            }
            requireMasked(RewrittenText.of(tokens, edits), searchPath);
        }
        return edits;
    }

    private List<Edit> edits(Tokens tokens, TokenRange statement, SearchPath searchPath) throws RefusedException {
        StatementHead head = StatementHead.of(tokens, statement);
        if (head instanceof StatementHead.Query query) {
            return queryEdits(tokens, statement, query.query(), searchPath);
        } else if (head instanceof StatementHead.CopyOut copy) {
            return CopyRewriter.rewrite(tokens, copy.relation(), policy, searchPath);
        } else if (head instanceof StatementHead.DropTable drop) {
            return DropTableRewriter.rewrite(tokens, drop.names());
        } else if (head instanceof StatementHead.CreateTemporaryTable create) {
            return createEdits(tokens, statement, create, searchPath);
        }
        if (head instanceof StatementHead.Plain && ExplainRewriter.isExplain(tokens, statement)) {
            return List.of(ExplainRewriter.withoutCosts(tokens, statement));
        }
        int named = firstNamed(tokens, statement);
        throw notAnalysable("this statement names the protected relation \"" + tokens.name(named) + "\"", named);
    }

    /** The first token that names a protected relation, the statement's first one where none does. */
    private int firstNamed(Tokens tokens, TokenRange statement) {
        for (int i = statement.from(); i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null && policy.names().isRelation(name)) {
                return i;
            }
        }
        return statement.from();
    }

    private List<Edit> createEdits(
            Tokens tokens, TokenRange statement, StatementHead.CreateTemporaryTable create, SearchPath searchPath)
            throws RefusedException {
        requireOtherName(tokens, create.name());
        if (create.query().from() == create.query().to()) {
            requireUnnamed(tokens, statement, create);
            throw notAnalysable("this CREATE TEMP TABLE carries no query that can be masked", create.name());
        }
        requireUnnamed(tokens, statement, create);
        return queryEdits(tokens, statement, create.query(), searchPath);
    }

    private void requireOtherName(Tokens tokens, int created) throws RefusedException {
        String name = tokens.name(created);
        if (name == null || policy.names().isRelation(name)) {
            throw new RefusedException(
                    RefusalCode.STATEMENT_KIND,
                    "a temporary table must not have the name of a protected relation",
                    "Choose another name for the temporary table.",
                    created);
        }
    }

    /** What stands around the query is not parsed, so nothing protected may be named there. */
    private void requireUnnamed(Tokens tokens, TokenRange statement, StatementHead.CreateTemporaryTable create)
            throws RefusedException {
        TokenRange range = RelationNames.definition(statement, create);
        BitSet columns = RelationNames.definedColumns(tokens, range);
        for (int i = columns.nextClearBit(range.from()); i < range.to(); i = columns.nextClearBit(i + 1)) {
            String name = tokens.name(i);
            if (name != null && policy.names().isRelation(name)) {
                throw notAnalysable("\"" + name + "\" stands where a protected relation cannot be masked", i);
            }
        }
    }

    private List<Edit> queryEdits(Tokens tokens, TokenRange statement, TokenRange query, SearchPath searchPath)
            throws RefusedException {
        ParsedQuery parsed = parse(tokens, query);
        for (int i = query.from(); i < query.to(); i++) {
            String name = tokens.name(i);
            if (name != null
                    && policy.names().isRelation(name)
                    && !parsed.explained().get(i)) {
                throw notAnalysable("the meaning of \"" + name + "\" here is not understood", i);
            }
        }
        for (TokenRange created : parsed.created()) {
            requireOtherName(tokens, created.to() - 1);
        }
        if (ExplainRewriter.isExplain(tokens, statement)) {
            requireSilentPlan(parsed, searchPath);
        }
        List<Edit> edits = new ArrayList<>(QueryRewriter.rewrite(tokens, statement, parsed, policy, searchPath));
        edits.addAll(DefinitionFunctions.rewrite(tokens, query, policy));
        edits.addAll(SearchPathArguments.rewrite(tokens, query, i -> Gate.computesSearchPath(tokens, i)));
        return edits;
    }

    /** Refuses a statement that was prepared where its plan would tell of protected values. */
    void requireExplainable(Tokens tokens, TokenRange statement, SearchPath searchPath) throws RefusedException {
        if (!(StatementHead.of(tokens, statement) instanceof StatementHead.Query query)) {
            throw notAnalysable("a plan of this statement is not known", statement.from());
        }
        requireSilentPlan(parse(tokens, query.query()), searchPath);
    }

    /**
     * A plan shows a row filter, and with ANALYZE how many rows it hides and how many are in which partition. That of an INSERT or
     * UPDATE shows the defaults of columns.
     */
    private void requireSilentPlan(ParsedQuery query, SearchPath searchPath) throws RefusedException {
        for (TableReference reference : query.tables()) {
            Optional<Relation> relation = QueryRewriter.resolve(reference, policy, searchPath);
            if (relation.isPresent() && policy.protection(relation.get()) instanceof Protection.Masked masked) {
                String told = masked.isFiltered()
                        ? "which of its rows are hidden"
                        : masked.placed()
                                ? "in which partitions its rows are, which a protected column decides"
                                : masked.computed()
                                        ? "how its protected columns are computed"
                                        : reference.role() == TableReference.Role.TARGET
                                                ? "the defaults of its protected columns"
                                                : "";
                if (!told.isEmpty()) {
                    throw new RefusedException(
                            RefusalCode.PROTECTED_RELATION,
                            "the plan of a statement over relation "
                                    + relation.get().name() + " would show " + told,
                            "EXPLAIN a query of other tables.",
                            reference.name().from());
                }
            }
        }
    }

    private static ParsedQuery parse(Tokens tokens, TokenRange query) throws RefusedException {
        try {
            return QueryParser.parse(tokens, query);
        } catch (NotAnalysableException e) {
            throw notAnalysable(
                    "the statement names something protected and cannot be analysed: " + e.getMessage(), e.token());
        }
    }

    // ---- the check of what was written

    /** Lexes and parses the rewritten text: every protected relation must stand inside one of our own derived tables. */
    private void requireMasked(RewrittenText rewritten, SearchPath searchPath) throws RefusedException {
        Tokens tokens = lexAgain(rewritten.text());
        List<TokenRange> statements = Statements.split(tokens);
        if (statements.size() != 1) {
            throw internal();
        }
        TokenRange query = queryOf(StatementHead.of(tokens, statements.get(0)));
        for (TableReference reference : parse(tokens, query).tables()) {
            requireMasked(reference, tokens, rewritten, searchPath);
        }
    }

    private static TokenRange queryOf(StatementHead head) throws RefusedException {
        if (head instanceof StatementHead.Query query) {
            return query.query();
        } else if (head instanceof StatementHead.CreateTemporaryTable create) {
            return create.query();
        }
        throw internal();
    }

    private void requireMasked(TableReference reference, Tokens tokens, RewrittenText rewritten, SearchPath searchPath)
            throws RefusedException {
        Optional<Relation> relation = QueryRewriter.resolve(reference, policy, searchPath);
        if (relation.isEmpty() || policy.protection(relation.get()) instanceof Protection.Clear) {
            return;
        }
        if (!rewritten.isMasked(tokens.start(reference.name().from()))) {
            throw internal();
        }
    }

    private Tokens lexAgain(String text) throws RefusedException {
        try {
            return Lexer.lex(text, settings);
        } catch (LexicalException e) {
            throw internal();
        }
    }

    private static RefusedException internal() {
        return new RefusedException(
                RefusalCode.INTERNAL,
                "the rewritten statement did not pass Bauta's own check",
                "Please report the statement; it was not run.",
                -1);
    }

    private static RefusedException notAnalysable(String message, int token) {
        return new RefusedException(RefusalCode.NOT_ANALYSABLE, message, PLAINER_HINT, token);
    }
}
