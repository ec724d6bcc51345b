package dev.bauta.engine;

import dev.bauta.policy.Policy;
import dev.bauta.policy.Principal;
import dev.bauta.policy.Role;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session may keep the access with which it began. Where rules that changed give less, it ends: a raw session cannot
 * become a masked one, since nothing is known of what it holds and it has no keys. Where they give more, it goes on as it is.
 * Not thread-safe.
 */
final class RoleReview {
    private final Engine engine;
    private final Principal principal;
    private final Role role;
    private Policy reviewed;

    /**
     * @param policy under which the role was found
     */
    RoleReview(Engine engine, Principal principal, Role role, Policy policy) {
        this.engine = engine;
        this.principal = principal;
        this.role = role;
        this.reviewed = policy;
    }

    @Nullable
    Refusal review() {
        Policy policy = engine.policy();
        if (policy == reviewed) {
            return null;
        }
        Role now = policy.roleOf(principal);
        if (now.access().compareTo(role.access()) > 0) {
            return new Refusal(
                    RefusalCode.ROLE_CHANGED,
                    "terminating connection: the rules have changed, and role \"" + now.name() + "\" may see less",
                    "Connect again.",
                    -1);
        }
        reviewed = policy;
        return null;
    }
}
