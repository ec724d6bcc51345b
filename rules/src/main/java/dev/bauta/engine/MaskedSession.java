package dev.bauta.engine;

import dev.bauta.catalog.Relation;
import dev.bauta.gate.Gate;
import dev.bauta.gate.SelectInto;
import dev.bauta.gate.SettingRules;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Role;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import dev.bauta.rewrite.Edit;
import dev.bauta.rewrite.RewrittenText;
import dev.bauta.rulefile.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The session of a masked role. */
final class MaskedSession implements Session {
    private final Engine engine;
    private final Principal principal;
    private final Role role;
    private LexerSettings settings;
    private SearchPath searchPath = SearchPath.Unknown.UNKNOWN;
    private SearchPath initialSearchPath = SearchPath.Unknown.UNKNOWN;
    /** True once the session has created a temporary table, which no catalog snapshot may ever show. */
    private boolean ownsTemporaryTables;

    private final Set<Integer> unknownRelations = new HashSet<>();

    MaskedSession(Engine engine, Principal principal, Role role, LexerSettings settings) {
        this.engine = engine;
        this.principal = principal;
        this.role = role;
        this.settings = settings;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public boolean isRaw() {
        return false;
    }

    @Override
    public void setSearchPath(List<String> effectiveSchemas) {
        searchPath = new SearchPath.Known(effectiveSchemas);
        initialSearchPath = searchPath;
    }

    // ---- statements

    @Override
    public Decision decide(String text) {
        Tokens tokens;
        try {
            tokens = Lexer.lex(text, settings);
        } catch (LexicalException e) {
            return new Decision.Refuse(new Refusal(
                    RefusalCode.SYNTAX,
                    String.valueOf(e.getMessage()),
                    "The text is not lexically valid in PostgreSQL.",
                    e.offset()));
        }
        return decide(tokens);
    }

    private Decision decide(Tokens tokens) {
        PolicyEngine decider = engine.policyEngine(settings);
        List<Edit> edits = new ArrayList<>();
        for (TokenRange statement : Statements.split(tokens)) {
            Ruling ruling = decider.rule(tokens, statement, searchPath);
            if (ruling instanceof Ruling.Refused refused) {
                return refuse(refused.reason(), tokens, statement);
            } else if (ruling instanceof Ruling.Allowed allowed) {
                allowed.edits().forEach(edit -> edits.add(edit.shifted(statement.from())));
            }
            follow(tokens, statement);
        }
        if (edits.isEmpty()) {
            return Decision.Pass.PASS;
        }
        RewrittenText rewritten = RewrittenText.of(tokens, edits);
        return new Decision.Rewrite(rewritten.text(), rewritten.positions());
    }

    private static Decision refuse(RefusedException reason, Tokens tokens, TokenRange statement) {
        int offset = reason.token() < 0 ? -1 : tokens.start(statement.from() + reason.token());
        return new Decision.Refuse(reason.at(offset));
    }

    /** Keeps what of the session's state bears on later decisions. */
    private void follow(Tokens tokens, TokenRange statement) {
        StatementHead head = StatementHead.of(tokens, statement);
        if (head instanceof StatementHead.CreateTemporaryTable || SelectInto.find(tokens, statement) >= 0) {
            ownsTemporaryTables = true;
        }
        if (Gate.changesSearchPath(tokens, statement)) {
            searchPath = Gate.searchPathOf(tokens, statement)
                    .<SearchPath>map(this::effective)
                    .orElse(initialAfter(tokens, statement));
        }
    }

    /** A reset leads back to the path of the session's start; anything else is not followed. */
    private SearchPath initialAfter(Tokens tokens, TokenRange statement) {
        boolean unchanged = searchPath.equals(initialSearchPath);
        boolean reset = tokens.isWord(statement.from(), "reset") || tokens.isWord(statement.from(), "discard");
        boolean rollback = tokens.isWord(statement.from(), "rollback") || tokens.isWord(statement.from(), "abort");
        return reset || (rollback && unchanged) ? initialSearchPath : SearchPath.Unknown.UNKNOWN;
    }

    /** The implicit schemas come first, and {@code "$user"} is the schema named like the user, where there is one. */
    private SearchPath effective(List<String> schemas) {
        List<String> path = new ArrayList<>();
        if (!schemas.contains("pg_catalog")) {
            path.add("pg_catalog");
        }
        for (String schema : schemas) {
            path.add(schema.equals("$user") ? principal.user() : schema);
        }
        return new SearchPath.Known(path);
    }

    @Override
    public Decision decideFeature(String feature) {
        return new Decision.Refuse(new Refusal(
                RefusalCode.PROTOCOL_FEATURE,
                feature + " is not allowed to a masked role",
                "Use an SQL statement.",
                -1));
    }

    @Override
    public boolean changedCatalog() {
        return false;
    }

    // ---- results

    @Override
    public Verdict guard(int relation, int column) {
        if (relation == 0) {
            return Verdict.CLEAR;
        }
        Policy policy = engine.policy();
        Relation known = policy.catalog().relation(relation);
        if (known == null) {
            return unknownRelations.add(relation) || !ownsTemporaryTables ? Verdict.UNKNOWN : Verdict.CLEAR;
        }
        Protection protection = policy.protection(known);
        if (protection instanceof Protection.Masked masked) {
            return masked.columns().containsKey(column) ? Verdict.PROTECTED : Verdict.CLEAR;
        }
        return protection instanceof Protection.Clear ? Verdict.CLEAR : Verdict.PROTECTED;
    }

    // ---- start

    @Override
    public @Nullable Refusal reviewStartup(Map<String, String> parameters) {
        if (role.access() == Access.REFUSED) {
            return new Refusal(
                    RefusalCode.ROLE_REFUSED,
                    "role \"" + role.name() + "\" of the rule file may not connect",
                    "Ask the DBA for access.",
                    -1);
        }
        return StartupReview.review(parameters);
    }

    @Override
    public Map<String, String> startupSettings() {
        return engine.policy().rules().keys().sessionSettings();
    }

    @Override
    public @Nullable Refusal onParameterStatus(String name, String value) {
        return switch (name) {
            case "standard_conforming_strings" -> {
                settings = new LexerSettings(value.equals("on"), settings.jdbcPlaceholders());
                yield null;
            }
            case "client_encoding" -> SettingRules.isUtf8(value) ? null : StartupReview.encoding("client_encoding");
            case "server_encoding" -> value.equals("UTF8") ? null : StartupReview.encoding("server_encoding");
            default -> null;
        };
    }
}
