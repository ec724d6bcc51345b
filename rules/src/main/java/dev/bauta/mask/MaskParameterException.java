package dev.bauta.mask;

import org.jspecify.annotations.Nullable;

/**
 * A mask of the rule file that cannot be built. The message says what is wrong and what would be right; it holds names and
 * limits, and no key.
 */
public final class MaskParameterException extends Exception {
    private static final long serialVersionUID = 1L;
    private final @Nullable String parameter;

    /**
     * @param parameter the name of the parameter to blame as the rule file has it, null when it is the mask itself
     * @param message one sentence for the person who wrote the rule
     */
    public MaskParameterException(@Nullable String parameter, String message) {
        super(message, null, false, false);
        this.parameter = parameter;
    }

    /** The name of the parameter to blame as the rule file has it, null when it is the mask itself. */
    public @Nullable String parameter() {
        return parameter;
    }
}
