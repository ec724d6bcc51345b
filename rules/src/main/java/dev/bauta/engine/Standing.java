package dev.bauta.engine;

import dev.bauta.lexer.LexerSettings;
import dev.bauta.mask.KeyRing;
import dev.bauta.policy.Policy;
import dev.bauta.policy.Role;
import dev.bauta.policy.RolePolicies;
import dev.bauta.refusal.ErrorDisclosure;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rulefile.Access;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which role a session has, and which policy is its role's, under the rules in force. Looked up again when what is in force is
 * another: nearly always it is not. Not thread-safe.
 *
 * <p>A session keeps the access with which it began. Where rules give less by now, it ends: a raw session cannot become a
 * masked one, since nothing is known of what it holds and it has no keys. Where they give raw access to a masked session, it stays
 * masked, as those are whom no role matches. A masked session also ends when the keys of masks are not those that it was given: it would
 * go on under the old ones.
 */
final class Standing {
    private final Engine engine;
    private final Function<RolePolicies, Role> roleOf;
    private final Access first;
    private final KeyRing firstKeys;
    private Engine.Current known;
    private Role role;
    private Policy policy;
    private ErrorDisclosure disclosure;
    /** Why the session must end; null while it need not. */
    private @Nullable Refusal end;

    private @Nullable PolicyEngine decider;
    private @Nullable LexerSettings settings;

    /**
     * @param roleOf finds the role
     */
    Standing(Engine engine, Function<RolePolicies, Role> roleOf) {
        this.engine = engine;
        this.roleOf = roleOf;
        this.known = engine.current();
        this.role = roleOf.apply(known.policies());
        this.policy = known.policies().policyOf(role);
        this.disclosure = disclosure(policy);
        this.first = role.access();
        this.firstKeys = known.policies().rules().keys();
    }

    private void follow() {
        Engine.Current current = engine.current();
        if (current != known) {
            role = roleOf.apply(current.policies());
            policy = current.policies().policyOf(role);
            disclosure = disclosure == ErrorDisclosure.NO_DATA ? disclosure : disclosure(policy);
            end = findEnd(current.policies().rules().keys());
            decider = null;
            known = current;
        }
    }

    /** What is in force. */
    Engine.Current current() {
        follow();
        return known;
    }

    /** True when that is in force, and nothing else since. Thread-safe. */
    boolean isInForce(Engine.Current one) {
        return engine.current() == one;
    }

    /** The role. */
    Role role() {
        follow();
        return role;
    }

    /** The role's policy. */
    Policy policy() {
        follow();
        return policy;
    }

    /** What of the server's messages may be shown. What can fail on raw values may still run when its rules are gone, so it counts to the end. */
    ErrorDisclosure disclosure() {
        follow();
        return disclosure;
    }

    private static ErrorDisclosure disclosure(Policy policy) {
        return policy.mayFailOnValues() ? ErrorDisclosure.NO_DATA : ErrorDisclosure.OWN_TEXT;
    }

    /** What decides under the role's policy. */
    PolicyEngine decider(LexerSettings reading) {
        follow();
        PolicyEngine last = decider;
        if (last == null || !reading.equals(settings)) {
            last = known.decider(policy, reading);
            decider = last;
            settings = reading;
        }
        return last;
    }

    /**
     * Looks whether the session keeps its access.
     *
     * @return null, or why the session must end
     */
    @Nullable
    Refusal review() {
        follow();
        return end;
    }

    private @Nullable Refusal findEnd(KeyRing keys) {
        if (role.access().compareTo(first) > 0) {
            return terminate("the rules have changed, and role \"" + role.name() + "\" may see less");
        }
        boolean served = first != Access.MASKED || keys.isServedBy(firstKeys);
        return served ? null : terminate("the keys of masks have changed");
    }

    private static Refusal terminate(String reason) {
        return new Refusal(RefusalCode.ROLE_CHANGED, "terminating connection: " + reason, "Connect again.", -1);
    }
}
