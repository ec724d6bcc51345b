package dev.bauta.engine;

import dev.bauta.refusal.Refusal;
import dev.bauta.rewrite.PositionMap;

/** What becomes of one text that a client sends; it may hold several statements, which stand or fall together. */
public sealed interface Decision {
    /** The text goes to the server byte for byte. */
    record Pass() implements Decision {
        /** The one instance that is needed. */
        public static final Pass PASS = new Pass();
    }

    /**
     * Another text goes to the server.
     *
     * @param text the rewritten text
     * @param positions leads error positions back to the client's text
     * @param masks true where there are masks in it, false where it only names schemas or says what was asked
     */
    record Rewrite(String text, PositionMap positions, boolean masks) implements Decision {
        /** Not the text. */
        @Override
        public String toString() {
            return "Rewrite[" + positions + "]";
        }
    }

    /**
     * Nothing goes to the server, and the client receives an error.
     *
     * @param refusal why
     */
    record Refuse(Refusal refusal) implements Decision {}
}
