package dev.bauta.engine;

import dev.bauta.refusal.Refusal;
import dev.bauta.rewrite.PositionMap;
import dev.bauta.rewrite.RewrittenText;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of one text that a client sends; it may hold several statements, which stand or fall together. */
public sealed interface Decision {
    /** The text goes to the server byte for byte. */
    record Pass() implements Decision {
        /** The one instance that is needed. */
        public static final Pass PASS = new Pass();
    }

    /** Another text goes to the server. It is written when it is asked for: a door may have the server run what it has prepared. */
    final class Rewrite implements Decision {
        private final Supplier<RewrittenText> writing;
        private final boolean masks;
        private @Nullable RewrittenText written;

        /**
         * @param writing makes the rewritten text; asked once
         * @param masks true where there are masks in it, false where it only names schemas or says what was asked
         */
        public Rewrite(Supplier<RewrittenText> writing, boolean masks) {
            this.writing = writing;
            this.masks = masks;
        }

        private RewrittenText written() {
            if (written == null) {
                written = writing.get();
            }
            return written;
        }

        /** The rewritten text. */
        public String text() {
            return written().text();
        }

        /** Leads error positions back to the client's text. */
        public PositionMap positions() {
            return written().positions();
        }

        /** True where there are masks in it, false where it only names schemas or says what was asked. */
        public boolean masks() {
            return masks;
        }

        /** Not the text. */
        @Override
        public String toString() {
            return "Rewrite[" + (masks ? "masks]" : "no masks]");
        }
    }

    /**
     * Nothing goes to the server, and the client receives an error.
     *
     * @param refusal why
     */
    record Refuse(Refusal refusal) implements Decision {}
}
