package dev.bauta.engine;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.gate.SelectInto;
import dev.bauta.gate.SettingRules;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.Lexer;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.LexicalException;
import dev.bauta.lexer.Statements;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.parser.QueryParser;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.ErrorDisclosure;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The session of a masked role. */
final class MaskedSession implements Session {
    private final Principal principal;
    private final Standing standing;
    private LexerSettings settings;
    private final FollowedPath searchPath;
    /** The policy by whose catalogs the search_path was told last. */
    private Policy pathPolicy;
    /** The policy under which the session began. */
    private final Policy firstPolicy;

    private final Holdings holdings;
    private Held decided = this::isUnderFirstPolicy;
    private DecidedText lastText = DecidedText.NONE;
    private @Nullable Supplier<@Nullable KeyLookup> lastLookup;
    private boolean droppedStatements;
    /** True once the session has created a temporary table, which no catalog snapshot may ever show. */
    private boolean ownsTemporaryTables;

    private final Set<Integer> unknownRelations = new HashSet<>();

    MaskedSession(Principal principal, Standing standing, LexerSettings settings) {
        this.principal = principal;
        this.standing = standing;
        this.settings = settings;
        this.searchPath = new FollowedPath(principal.user());
        this.firstPolicy = standing.policy();
        this.pathPolicy = firstPolicy;
        this.holdings = new Holdings(
                this::isUnderFirstPolicy, () -> standing.policy().names().plansTell(), settings.jdbcPlaceholders());
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
        return false;
    }

    @Override
    public void setSearchPath(List<String> effectiveSchemas) {
        pathPolicy = standing.policy();
        searchPath.set(effectiveSchemas);
    }

    @Override
    public boolean doubtsSearchPath() {
        return searchPath.isDoubtful();
    }

    // ---- statements

    @Override
    public Decision decide(String text, List<Integer> parameterTypes) {
        lastLookup = null;
        droppedStatements = false;
        Tokens tokens;
        try {
            tokens = Lexer.lex(text, settings);
        } catch (LexicalException e) {
            lastText = DecidedText.invalid(standing.decider(settings));
            return new Decision.Refuse(new Refusal(
                    RefusalCode.SYNTAX,
                    String.valueOf(e.getMessage()),
                    "The text is not lexically valid in PostgreSQL.",
                    e.offset()));
        }
        Decision decision = decide(tokens, parameterTypes);
        if (tokens.size() > QueryParser.MOST_TOKENS) {
            lastText = lastText.withoutTokens(text, settings);
            lastLookup = null;
        }
        return decision;
    }

    private Decision decide(Tokens tokens, List<Integer> parameterTypes) {
        PolicyEngine decider = standing.decider(settings);
        List<Edit> edits = new ArrayList<>();
        List<SearchPath> searchPaths = new ArrayList<>(1);
        lastText = new DecidedText(decider, tokens, searchPaths);
        RefusedException unsafe = decider.findUnsafeParameter(parameterTypes);
        if (unsafe != null) {
            return new Decision.Refuse(unsafe.at(-1));
        }
        HeldReferences references = HeldReferences.NONE;
        boolean followed = false;
        List<RuledText> left = new ArrayList<>(0);
        List<TokenRange> statements = Statements.split(tokens);
        TextCost cost = new TextCost(statements.size());
        for (TokenRange statement : statements) {
            SearchPath path = searchPath.current();
            searchPaths.add(path);
            boolean explained = MaskingExplanation.find(tokens, statement).isPresent();
            HeldReferences taken = explained ? HeldReferences.NONE : HeldReferences.of(tokens, statement);
            String role = role().name();
            Optional<RefusedException> objection = holdings.findTakenName(tokens, statement);
            if (objection.isEmpty()) {
                objection = holdings.findObjection(taken);
            }
            Ruling ruling = objection.isPresent()
                    ? new Ruling.Refused(objection.get())
                    : MaskingExplanation.rule(decider, role, tokens, statement, path);
            ruling = cost.add(ruling, statement);
            if (ruling instanceof Ruling.Refused refused) {
                return refuse(refused.reason(), tokens, statement);
            } else if (ruling instanceof Ruling.Allowed allowed) {
                for (Edit edit : allowed.edits()) {
                    edits.add(edit.shifted(statement.from()));
                }
                if (explained) {
                    followed = true;
                    continue;
                }
                if (Holdings.leavesBehind(tokens, statement)) {
                    left.add(hold(tokens.slice(statement), path, allowed.edits(), decider.policy()));
                }
            }
            references = references.and(taken);
            followed |= follow(tokens, statement);
        }
        RuledText.Reading reading = new RuledText.Reading(settings, parameterTypes, searchPaths, references);
        RuledText ruled = new RuledText(standing, holdings, tokens.text(), reading, edits, left, decider.policy());
        decided = followed ? FollowedText.of(ruled, searchPath, tokens, statements) : ruled;
        if (statements.size() == 1) {
            KeyLookup.Ground ground = new KeyLookup.Ground(decider.policy(), settings, searchPaths.get(0));
            lastLookup = () -> KeyLookupReader.read(tokens, statements.get(0), edits, ground);
        }
        return toDecision(tokens, edits);
    }

    private static Decision toDecision(Tokens tokens, List<Edit> edits) {
        if (edits.isEmpty()) {
            return Decision.Pass.PASS;
        }
        boolean masks = false;
        for (Edit edit : edits) {
            masks |= edit.masks();
        }
        return new Decision.Rewrite(() -> RewrittenText.of(tokens, edits), masks);
    }

    private static Decision refuse(RefusedException reason, Tokens tokens, TokenRange statement) {
        int offset = reason.token() < 0 ? -1 : tokens.start(statement.from() + reason.token());
        return new Decision.Refuse(reason.at(offset));
    }

    @Override
    public @Nullable KeyLookup keyLookup() {
        return lastLookup == null || ownsTemporaryTables ? null : lastLookup.get();
    }

    @Override
    public boolean dropsStatements() {
        return droppedStatements;
    }

    /** Keeps what of the session's state bears on later decisions. */
    private boolean follow(Tokens tokens, TokenRange statement) {
        droppedStatements |=
                tokens.isWord(statement.from(), "deallocate") || tokens.isWord(statement.from(), "discard");
        if (!ownsTemporaryTables
                && (StatementHead.of(tokens, statement) instanceof StatementHead.CreateTemporaryTable
                        || SelectInto.find(tokens, statement) >= 0)) {
            ownsTemporaryTables = true;
            droppedStatements = true;
        }
        return searchPath.follow(tokens, statement);
    }

    // ---- what the server holds

    private boolean isUnderFirstPolicy() {
        return standing.policy() == firstPolicy;
    }

    @Override
    public Held decided() {
        return decided;
    }

    @Override
    public boolean mayRepeat(Held text) {
        Held repeated = text instanceof FollowedText followed && followed.changesNothing() ? followed.text() : text;
        return repeated instanceof RuledText ruled && ruled.mayBeRepeated(settings, searchPath.current());
    }

    @Override
    public List<StatementFacts> facts() {
        return lastText.facts();
    }

    @Override
    public HeldNames statements() {
        return holdings.statements();
    }

    @Override
    public HeldNames portals() {
        return holdings.portals();
    }

    @Override
    public void endTransaction() {
        holdings.portals().endTransaction();
        searchPath.endTransaction();
        if (pathPolicy != standing.policy()) {
            searchPath.doubt(); // Of its schemas, those count that exist and may be used.
        }
    }

    private RuledText hold(Tokens statement, SearchPath path, List<Edit> edits, Policy policy) {
        RuledText.Reading reading = new RuledText.Reading(settings, List.of(), List.of(path), HeldReferences.NONE);
        RuledText held = new RuledText(standing, holdings, statement.text(), reading, edits, List.of(), policy);
        holdings.hold(statement, held);
        return held;
    }

    @Override
    public @Nullable Refusal reviewRole() {
        return standing.review();
    }

    @Override
    public Decision decideFeature(String feature) {
        lastText = DecidedText.feature(standing.decider(settings), feature);
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
    public ErrorDisclosure errorDisclosure() {
        return standing.disclosure();
    }

    @Override
    public Verdict guard(int relation, int column) {
        if (relation == 0) {
            return Verdict.CLEAR;
        }
        Policy policy = standing.policy();
        Relation known = policy.catalog().relation(relation);
        if (known == null) {
            return unknownRelations.add(relation) || !ownsTemporaryTables ? Verdict.UNKNOWN : Verdict.CLEAR;
        }
        if (column > 0 && !known.columns().isEmpty() && known.findColumn(column).isEmpty()) {
            return Verdict.UNKNOWN;
        }
        return policy.protection(known).isClear(column) ? Verdict.CLEAR : Verdict.PROTECTED;
    }

    @Override
    public Object guardedBy() {
        return standing.policy();
    }

    @Override
    public Optional<Relation> findWithheld(QualifiedName relation) {
        Policy policy = standing.policy();
        return policy.catalog().findRelation(relation).filter(policy::withholdsDefinitions);
    }

    // ---- start

    @Override
    public @Nullable Refusal reviewStartup(Map<String, String> parameters) {
        Role role = standing.role();
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
        return standing.policy().rules().keys().sessionSettings();
    }

    @Override
    public @Nullable Refusal onParameterStatus(String name, String value) {
        return switch (name) {
            case "standard_conforming_strings" -> {
                settings = new LexerSettings(value.equals("on"), settings.jdbcPlaceholders());
                yield null;
            }
            case "search_path" -> {
                searchPath.doubt();
                yield null;
            }
            case "client_encoding" -> SettingRules.isUtf8(value) ? null : StartupReview.encoding("client_encoding");
            case "server_encoding" -> value.equals("UTF8") ? null : StartupReview.encoding("server_encoding");
            default -> null;
        };
    }
}
