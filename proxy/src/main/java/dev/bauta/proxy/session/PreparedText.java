package dev.bauta.proxy.session;

import dev.bauta.engine.Held;
import dev.bauta.proxy.wire.Parse;

/**
 * A statement that the client has prepared by a Parse message. Immutable.
 *
 * @param parse the client's message
 * @param decided what was decided on its text
 */
record PreparedText(Parse parse, Held decided) implements Held {
    @Override
    public boolean isCurrent() {
        return decided.isCurrent();
    }

    @Override
    public Held open() {
        return decided.open();
    }

    /** The same, to be prepared anew before it is used. */
    PreparedText outdated() {
        return new PreparedText(parse, () -> false);
    }

    @Override
    public boolean mayBeExplained() {
        return decided.mayBeExplained();
    }

    @Override
    public long length() {
        return parse.text().length();
    }

    /** Not the text. */
    @Override
    public String toString() {
        return "PreparedText[]";
    }
}
