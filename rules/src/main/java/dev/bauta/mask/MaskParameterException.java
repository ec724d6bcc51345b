package dev.bauta.mask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mask of the rule file that cannot be built. The message says what is wrong and what would be right; it holds names and
 * limits, and no key.
 */
public final class MaskParameterException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> path;

    /**
     * @param parameter the name of the parameter to blame as the rule file has it, null when it is the mask itself
     * @param message one sentence for the person who wrote the rule
     */
    public MaskParameterException(@Nullable String parameter, String message) {
        this(parameter == null ? List.of() : List.of(parameter), message);
    }

    private MaskParameterException(List<String> path, String message) {
        super(message, null, false, false);
        this.path = path;
    }

    /** The same fault in a mask that is the value of a parameter, or of a key in it. */
    MaskParameterException within(String key) {
        List<String> longer = new ArrayList<>(path);
        longer.add(0, key);
        return new MaskParameterException(List.copyOf(longer), String.valueOf(getMessage()));
    }

    /** The name of the parameter to blame as the rule file has it, null when it is the mask itself. */
    public @Nullable String parameter() {
        return path.isEmpty() ? null : path.get(0);
    }

    /** The keys that lead to what is to blame, from the mask's own parameter inwards; empty when it is the mask itself. */
    public List<String> path() {
        return path;
    }
}
