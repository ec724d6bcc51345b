package dev.bauta.rulefile;

import dev.bauta.mask.Mask;

/** What a rule has done to a column. */
public sealed interface Treatment {
    /** It is shown as it is: {@code mask: none}. */
    enum Clear implements Treatment {
        CLEAR
    }

    /** A statement that takes it is refused: {@code mask: refused}. */
    enum Refused implements Treatment {
        REFUSED
    }

    /**
     * It is masked.
     *
     * @param mask the mask
     */
    record Masked(Mask mask) implements Treatment {
        /** The mask's name alone: its parameters may tell about the data. */
        @Override
        public String toString() {
            return mask.name();
        }
    }
}
