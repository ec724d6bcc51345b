package dev.bauta.proxy.testing;

import dev.bauta.rewrite.PositionMap;
import java.lang.reflect.Constructor;

/** Builds what otherwise only the rewriter builds. */
final class PositionMaps {
    private PositionMaps() {}

    /**
     * A map of one edit.
     *
     * @param edits start and end in the original, start and end in the rewritten text
     */
    static PositionMap of(String original, String rewritten, int... edits) {
        try {
            Constructor<PositionMap> constructor =
                    PositionMap.class.getDeclaredConstructor(String.class, String.class, int[].class);
            constructor.setAccessible(true);
            return constructor.newInstance(original, rewritten, edits);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("PositionMap has another constructor", e);
        }
    }
}
