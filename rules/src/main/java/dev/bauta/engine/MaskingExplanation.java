package dev.bauta.engine;

import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rewrite.Edit;
import dev.bauta.rewrite.RewrittenText;
import dev.bauta.rulefile.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code EXPLAIN (MASKING) statement}: says what would become of the statement, and why. It is decided like any other, and not run; its
 * answer is a query over texts alone, which takes its place, so that both doors and protocols send it like any result:
 *
 * <pre>
 *   SELECT line AS "MASKING" FROM (VALUES ('role      default'), ('decision  pass: …')) AS explained(line)
 * </pre>
 *
 * Stateless.
 */
final class MaskingExplanation {
    /** {@code EXPLAIN}, {@code (}, {@code MASKING}, {@code )}. */
    private static final int HEAD = 4;

    /** Lines become rows of the answer's query, which is to stay small beside the client's. */
    private static final int MOST_LINES = 1000;

    private MaskingExplanation() {}

    /** The statement that is to be explained; empty for a statement of another kind. */
    static Optional<TokenRange> find(Tokens tokens, TokenRange statement) {
        int first = statement.from();
        boolean explains = statement.to() > first + HEAD
                && tokens.isWord(first, "explain")
                && tokens.is(first + 1, "(")
                && tokens.isWord(first + 2, "masking")
                && tokens.is(first + 3, ")");
        return explains ? Optional.of(new TokenRange(first + HEAD, statement.to())) : Optional.empty();
    }

    /** Rules on one statement of a text, be it an explanation or not; counts from the start of the statement. */
    static Ruling rule(PolicyEngine decider, String role, Tokens tokens, TokenRange statement, SearchPath searchPath) {
        boolean denied = decider.policy().deniedStatements().contains(StatementKind.EXPLAIN);
        Optional<TokenRange> explained = denied ? Optional.empty() : find(tokens, statement);
        if (explained.isEmpty()) {
            return decider.rule(tokens, statement, searchPath);
        }
        List<String> lines = lines(decider, role, tokens, explained.get(), searchPath);
        return new Ruling.Allowed(List.of(edit(tokens, statement, lines)));
    }

    /** For a role that sees everything; counts from the start of the statement. */
    static Edit ofRaw(String role, Tokens tokens, TokenRange statement) {
        return edit(
                tokens,
                statement,
                List.of("role      " + role, "decision  raw: the role sees everything, no statement is looked at"));
    }

    // ---- what is said

    private static List<String> lines(
            PolicyEngine decider, String role, Tokens tokens, TokenRange explained, SearchPath searchPath) {
        List<String> lines = new ArrayList<>();
        lines.add("role      " + role);
        Ruling ruling = decider.rule(tokens, explained, searchPath);
        Tokens own = tokens.slice(explained);
        StatementFacts facts = decider.facts(tokens, explained, searchPath);
        if (ruling instanceof Ruling.Refused refused) {
            addRefusal(refused.reason(), own, lines);
        } else if (ruling instanceof Ruling.Allowed allowed) {
            lines.add("decision  " + sentence(allowed.edits()));
        }
        addColumns(facts, lines);
        if (ruling instanceof Ruling.Allowed allowed && !allowed.edits().isEmpty()) {
            addRewritten(decider.policy(), facts, RewrittenText.of(own, allowed.edits()), lines);
        }
        return lines;
    }

    private static String sentence(List<Edit> edits) {
        if (edits.isEmpty()) {
            return "pass: it names nothing protected and reaches PostgreSQL byte for byte";
        }
        return edits.stream().anyMatch(Edit::masks)
                ? "rewrite: PostgreSQL receives it with masks in place of protected columns"
                : "rewrite: PostgreSQL receives it with the schema of what it names";
    }

    private static void addRefusal(RefusedException reason, Tokens statement, List<String> lines) {
        lines.add("decision  refuse: it does not reach PostgreSQL");
        lines.add("reason    " + reason.getMessage() + " (SQLSTATE "
                + reason.code().sqlState() + ")");
        lines.add("allowed   " + reason.hint());
        if (reason.token() >= 0 && reason.token() < statement.size()) {
            String before = statement.text().substring(0, statement.start(reason.token()));
            int start = before.lastIndexOf('\n') + 1;
            long line = before.chars().filter(c -> c == '\n').count() + 1;
            lines.add("place     line " + line + ", column " + (before.length() - start + 1));
            lines.add(
                    "  " + statement.text().substring(start).lines().findFirst().orElse(""));
            lines.add("  " + " ".repeat(before.length() - start) + "^");
        }
    }

    private static void addColumns(StatementFacts facts, List<String> lines) {
        if (!facts.columns().isEmpty()) {
            lines.add("protected columns within reach");
            facts.columns()
                    .forEach(column -> lines.add("  " + column.relation() + "." + column.column() + "  mask "
                            + column.mask() + "  by " + column.rule()));
        }
    }

    /** A row filter tells about the rows that it hides, so that no text with one is shown. */
    private static void addRewritten(Policy policy, StatementFacts facts, RewrittenText rewritten, List<String> lines) {
        lines.add("rewritten");
        if (facts.relations().stream().anyMatch(name -> isFiltered(policy, policy.findRelation(name)))) {
            lines.add("  not shown, as it says which rows are hidden");
        } else {
            List<String> shown = rewritten.text().lines().limit(MOST_LINES + 1L).toList();
            shown.stream().limit(MOST_LINES).forEach(line -> lines.add("  " + line));
            if (shown.size() > MOST_LINES) {
                lines.add("  the rest is not shown, as it is longer than " + MOST_LINES + " lines");
            }
        }
    }

    private static boolean isFiltered(Policy policy, @org.jspecify.annotations.Nullable Relation relation) {
        return relation != null
                && policy.protection(relation) instanceof Protection.Masked masked
                && masked.isFiltered();
    }

    // ---- how it is said

    /** The statement's parameters are taken up, for clients that bind them, and looked at by nobody. */
    private static Edit edit(Tokens tokens, TokenRange statement, List<String> lines) {
        String values =
                lines.stream().map(line -> "(" + SqlNames.literal(line) + ")").collect(Collectors.joining(", "));
        StringBuilder sql = new StringBuilder("SELECT explained.line AS \"MASKING\" FROM (VALUES ")
                .append(values)
                .append(") AS explained(line)");
        String before = " WHERE true";
        Set<String> taken = new HashSet<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.kind(i) == TokenKind.PARAMETER
                    && (tokens.source(i).equals("?") || taken.add(tokens.source(i)))) {
                sql.append(before).append(" OR ").append(tokens.source(i)).append("::pg_catalog.text IS NULL");
                before = "";
            }
        }
        return Edit.replace(new TokenRange(0, statement.to() - statement.from()), sql.toString());
    }
}
