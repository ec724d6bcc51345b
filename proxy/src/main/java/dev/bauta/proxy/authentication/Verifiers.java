package dev.bauta.proxy.authentication;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where verifiers of users' passwords are. Thread-safe. */
@FunctionalInterface
public interface Verifiers {
    /**
     * Looks for a user's verifier. Does not block; completes with null for a user who has none, and exceptionally where that cannot be
     * found out.
     */
    CompletionStage<@Nullable ScramVerifier> find(String user);

    /** @param byUser all there are, as they are in force at each moment */
    static Verifiers of(Supplier<Map<String, ScramVerifier>> byUser) {
        return user -> CompletableFuture.completedFuture(byUser.get().get(user));
    }
}
