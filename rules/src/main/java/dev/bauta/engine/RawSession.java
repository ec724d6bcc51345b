package dev.bauta.engine;

import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The session of a role with raw access: everything passes. */
final class RawSession implements Session {
    private static final Pattern DDL = Pattern.compile(
            "\\b(create|alter|drop|truncate|comment|import|refresh|do|call)\\b", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_SCAN = 10_000;

    private final Principal principal;
    private final Role role;
    private final HeldNames held = new HeldNames(Unguarded.UNGUARDED);
    private final RoleReview review;
    private boolean changedCatalog;

    /** What a raw session holds follows no rules. */
    private enum Unguarded implements Held {
        UNGUARDED;

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    RawSession(Principal principal, Role role, RoleReview review) {
        this.review = review;
        this.principal = principal;
        this.role = role;
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
        return null;
    }

    @Override
    public Decision decide(String text) {
        changedCatalog = text.length() <= LONGEST_SCAN && DDL.matcher(text).find();
        return Decision.Pass.PASS;
    }

    @Override
    public Held decided() {
        return Unguarded.UNGUARDED;
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
        return review.review();
    }

    @Override
    public Decision decideFeature(String feature) {
        return Decision.Pass.PASS;
    }

    @Override
    public Verdict guard(int relation, int column) {
        return Verdict.CLEAR;
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
