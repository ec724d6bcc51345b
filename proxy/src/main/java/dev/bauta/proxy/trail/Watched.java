package dev.bauta.proxy.trail;

import dev.bauta.proxy.wire.Target;

/** What the trail must know of a request when its answer comes. */
public sealed interface Watched {
    /**
     * A Query.
     *
     * @param text its text
     * @param start when it came, of {@link System#nanoTime}
     */
    record Run(WatchedText text, long start) implements Watched {}

    /** A Parse of that name. */
    record Prepare(String name, WatchedText text, long start) implements Watched {}

    /** A Bind. */
    record Open(String portal, String statement, long start) implements Watched {}

    /**
     * A Parse or Bind of which the name is not known, so that after it nothing is known of any name.
     *
     * @param isParse false for a Bind
     */
    record Unread(boolean isParse) implements Watched {}

    /** A Describe. */
    record Describe(Target target) implements Watched {}

    /** An Execute. */
    record Execute(String portal, long start) implements Watched {}

    /** A Close. */
    record Close(Target target) implements Watched {}
}
