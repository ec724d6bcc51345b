package dev.bauta.engine;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.refusal.Refusal;
import dev.bauta.rewrite.Edit;
import dev.bauta.rewrite.RewrittenText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The session of a role with raw access: everything passes. */
final class RawSession implements Session {
    private static final List<String> DDL = List.of(
            "create",
            "alter",
            "drop",
            "truncate",
            "comment",
            "security",
            "import",
            "refresh",
            "do",
            "call",
            "grant",
            "revoke",
            "prepared");
    private static final Pattern EXPLANATION =
            Pattern.compile("explain.{1,100}masking", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int LONGEST_SCAN = 10_000;

    private final Principal principal;
    private final HeldNames held = new HeldNames(Unguarded.UNGUARDED);
    private final Standing standing;
    private LexerSettings settings;
    private String lastText = "";
    private boolean changedCatalog;

    /** What a raw session holds follows no rules. */
    private enum Unguarded implements Held {
        UNGUARDED;

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    RawSession(Principal principal, Standing standing, LexerSettings settings) {
        this.settings = settings;
        this.principal = principal;
        this.standing = standing;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Role role() {
        return standing.role();
    }

    @Override
    public boolean isRaw() {
        return true;
    }

    @Override
    public void setSearchPath(List<String> effectiveSchemas) {
        // Nothing is resolved in a raw session.
    }

    @Override
    public boolean doubtsSearchPath() {
        return false;
    }

    @Override
    public @Nullable Refusal onParameterStatus(String name, String value) {
        if (name.equals("standard_conforming_strings")) {
            settings = new LexerSettings(value.equals("on"), settings.jdbcPlaceholders());
        }
        return null;
    }

    @Override
    public Decision decide(String text, List<Integer> parameterTypes) {
        lastText = text;
        changedCatalog = hasDdl(text);
        return text.length() <= LONGEST_SCAN && EXPLANATION.matcher(text).find() ? explain(text) : Decision.Pass.PASS;
    }

    /** Word by word: a regular expression takes as long for a text of many rows as the server. */
    private static boolean hasDdl(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isOfWord(text.charAt(i))) {
                continue;
            }
            if (isDdl(text, start, i - start)) {
                return true;
            }
            start = i + 1;
        }
        return false;
    }

    private static boolean isDdl(String text, int start, int length) {
        for (String word : DDL) {
            if (word.length() == length && text.regionMatches(true, start, word, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    /** Puts answers in the place of EXPLAIN (MASKING), which PostgreSQL does not know. */
    private Decision explain(String text) {
        try {
            Tokens tokens = Lexer.lex(text, settings);
            List<Edit> edits = new ArrayList<>();
            for (TokenRange statement : Statements.split(tokens)) {
                if (MaskingExplanation.find(tokens, statement).isPresent()) {
                    edits.add(MaskingExplanation.ofRaw(role().name(), tokens, statement)
                            .shifted(statement.from()));
                }
            }
            if (edits.isEmpty()) {
                return Decision.Pass.PASS;
            }
            return new Decision.Rewrite(() -> RewrittenText.of(tokens, edits), false);
        } catch (LexicalException e) {
            // The server says so too.
            return Decision.Pass.PASS;
        }
    }

    @Override
    public Held decided() {
        return Unguarded.UNGUARDED;
    }

    /** Nothing is known of the search_path, so that an unqualified name can mean each relation of the name. */
    @Override
    public List<StatementFacts> facts() {
        PolicyEngine decider = standing.decider(settings);
        try {
            Tokens tokens = Lexer.lex(lastText, settings);
            int statements = Statements.split(tokens).size();
            return new DecidedText(decider, tokens, Collections.nCopies(statements, SearchPath.Unknown.UNKNOWN))
                    .facts();
        } catch (LexicalException e) {
            return DecidedText.invalid(decider).facts();
        }
    }

    @Override
    public HeldNames statements() {
        return held;
    }

    @Override
    public HeldNames portals() {
        return held;
    }

    @Override
    public void endTransaction() {
        // Nothing is held.
    }

    @Override
    public @Nullable Refusal reviewRole() {
        return standing.review();
    }

    @Override
    public Decision decideFeature(String feature) {
        return Decision.Pass.PASS;
    }

    @Override
    public ErrorDisclosure errorDisclosure() {
        return ErrorDisclosure.OWN_TEXT;
    }

    @Override
    public Verdict guard(int relation, int column) {
        return Verdict.CLEAR;
    }

    @Override
    public Optional<Relation> findWithheld(QualifiedName relation) {
        return Optional.empty();
    }

    @Override
    public @Nullable Refusal reviewStartup(Map<String, String> parameters) {
        return null;
    }

    @Override
    public Map<String, String> startupSettings() {
        return Map.of();
    }

    @Override
    public boolean changedCatalog() {
        return changedCatalog;
    }
}
