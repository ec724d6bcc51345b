package dev.bauta.engine;

import dev.bauta.catalog.Relation;
import dev.bauta.catalog.SqlNames;
import dev.bauta.lexer.TokenKind;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Protection;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.Refusal;
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
import org.jspecify.annotations.Nullable;

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
                tokens, statement, List.of(ExplanationText.role(role), ExplanationText.decision(Outcome.RAW, false)));
    }

    // ---- what is said

    private static List<String> lines(
            PolicyEngine decider, String role, Tokens tokens, TokenRange explained, SearchPath searchPath) {
        List<String> lines = new ArrayList<>();
        lines.add(ExplanationText.role(role));
        Ruling ruling = decider.rule(tokens, explained, searchPath);
        Tokens own = tokens.slice(explained);
        StatementFacts facts = decider.facts(tokens, explained, searchPath);
        if (ruling instanceof Ruling.Refused refused) {
            lines.add(ExplanationText.decision(Outcome.REFUSE, false));
            lines.addAll(ExplanationText.refusal(refusal(refused.reason(), own), own.text()));
            lines.addAll(ExplanationText.protectedColumns(facts.columns()));
        } else if (ruling instanceof Ruling.Allowed allowed) {
            List<Edit> edits = allowed.edits();
            Outcome outcome = edits.isEmpty() ? Outcome.PASS : Outcome.REWRITE;
            lines.add(ExplanationText.decision(outcome, edits.stream().anyMatch(Edit::masks)));
            lines.addAll(ExplanationText.protectedColumns(facts.columns()));
            lines.addAll(ExplanationText.result(Lineage.of(decider.policy(), false, tokens, explained, searchPath)));
            if (!edits.isEmpty()) {
                lines.addAll(rewritten(decider.policy(), facts, RewrittenText.of(own, edits)));
            }
        }
        return lines;
    }

    private static Refusal refusal(RefusedException reason, Tokens statement) {
        boolean placed = reason.token() >= 0 && reason.token() < statement.size();
        return reason.at(placed ? statement.start(reason.token()) : -1);
    }

    /** A row filter tells about the rows that it hides, so that no text with one is shown. */
    private static List<String> rewritten(Policy policy, StatementFacts facts, RewrittenText rewritten) {
        boolean filtered = facts.relations().stream().anyMatch(name -> isFiltered(policy, policy.findRelation(name)));
        return ExplanationText.section(
                "rewritten",
                filtered
                        ? List.of("not shown, as it says which rows are hidden")
                        : rewritten
                                .text()
                                .lines()
                                .limit(ExplanationText.MOST_LINES + 1L)
                                .toList());
    }

    private static boolean isFiltered(Policy policy, @Nullable Relation relation) {
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
