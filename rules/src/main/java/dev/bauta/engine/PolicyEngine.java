package dev.bauta.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bauta.gate.Gate;
import dev.bauta.gate.StatementHead;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.policy.Policy;
import dev.bauta.policy.SearchPath;
import dev.bauta.refusal.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides statements under one policy and one reading of text, and remembers what it decided by the statement's shape.
 * Thread-safe; thrown away with its policy, so nothing decided under an older one can be found.
 */
final class PolicyEngine {
    /** How much text of shapes is kept, in characters. */
    private static final long CACHE_WEIGHT = 8_000_000;

    private final Policy policy;
    private final Gate gate;
    private final StatementAnalyser analyser;
    private final Cache<CacheKey, Ruling> rulings = Caffeine.newBuilder()
            .maximumWeight(CACHE_WEIGHT)
            .weigher((CacheKey key, Ruling ruling) -> key.shape().length() + 200)
            .build();

    private final Cache<CacheKey, StatementFacts> facts = Caffeine.newBuilder()
            .maximumWeight(CACHE_WEIGHT)
            .weigher((CacheKey key, StatementFacts facts) -> 2 * key.shape().length() + 500)
            .build();

    private record CacheKey(String shape, SearchPath searchPath) {}

    PolicyEngine(Policy policy, LexerSettings settings) {
        this.policy = policy;
        this.gate = new Gate(policy.names(), policy.deniedStatements(), settings);
        this.analyser = new StatementAnalyser(policy, settings);
    }

    Policy policy() {
        return policy;
    }

    /**
     * Rules on one statement of a text.
     *
     * @return edits and tokens of which count from the start of the statement
     */
    Ruling rule(Tokens tokens, TokenRange statement, SearchPath searchPath) {
        StatementHead head = StatementHead.of(tokens, statement);
        try {
            if (gate.examine(tokens, statement, head) == Gate.Verdict.PASS) {
                return Ruling.Allowed.UNCHANGED;
            }
        } catch (RefusedException e) {
            return new Ruling.Refused(e.relativeTo(statement.from()));
        }
        CacheKey key = new CacheKey(StatementShape.of(tokens, statement), searchPath);
        Ruling known = rulings.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Ruling ruling = analyse(tokens.slice(statement), searchPath);
        rulings.put(key, ruling);
        return ruling;
    }

    /** Why parameters may not be of these types; null where they may. */
    @Nullable
    RefusedException findUnsafeParameter(List<Integer> types) {
        return gate.findUnsafeParameter(types);
    }

    /** True when the plan of a query that was prepared tells nothing of protected values. */
    boolean mayBeExplained(Tokens statement, SearchPath searchPath) {
        TokenRange whole = new TokenRange(0, statement.size());
        try {
            gate.requireExplainable(statement, whole);
            analyser.requireExplainable(statement, whole, searchPath);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    /** What there is to tell about one statement of a text. */
    StatementFacts facts(Tokens tokens, TokenRange statement, SearchPath searchPath) {
        CacheKey key = new CacheKey(StatementShape.of(tokens, statement), searchPath);
        StatementFacts known = facts.getIfPresent(key);
        if (known != null) {
            return known;
        }
        StatementFacts found = FactFinder.find(policy, tokens, statement, searchPath);
        facts.put(key, found);
        return found;
    }

    /** What there is to tell about one statement of a text when it is not parsed: of everything that it names. */
    StatementFacts factsByNames(Tokens tokens, TokenRange statement, SearchPath searchPath) {
        return FactFinder.findByNames(policy, tokens, statement, searchPath);
    }

    private Ruling analyse(Tokens statement, SearchPath searchPath) {
        try {
            return new Ruling.Allowed(analyser.analyse(statement, new TokenRange(0, statement.size()), searchPath));
        } catch (RefusedException e) {
            return new Ruling.Refused(e);
        }
    }
}
