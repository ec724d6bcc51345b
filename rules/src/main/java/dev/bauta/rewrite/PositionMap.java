package dev.bauta.rewrite;

/**
 * Leads positions in a rewritten text back to the client's text. Immutable. A position inside replaced text leads to the
 * start of what was replaced.
 */
public final class PositionMap {
    private final String original;
    private final String rewritten;
    /** For each edit: start in the original, end in the original, start in the rewritten text, end there. */
    private final int[] edits;

    PositionMap(String original, String rewritten, int[] edits) {
        this.original = original;
        this.rewritten = rewritten;
        this.edits = edits;
    }

    /**
     * Leads an offset back.
     *
     * @param offset UTF-16 units from 0 in the rewritten text
     * @return UTF-16 units from 0 in the client's text
     */
    public int toOriginalOffset(int offset) {
        int shift = 0;
        for (int i = 0; i < edits.length; i += 4) {
            if (offset < edits[i + 2]) {
                break;
            }
            if (offset < edits[i + 3]) {
                return edits[i];
            }
            shift = edits[i + 3] - edits[i + 1];
        }
        return Math.max(0, Math.min(offset - shift, original.length()));
    }

    /**
     * Leads the position field of an ErrorResponse back.
     *
     * @param position in characters (code points) from 1, as the field {@code P} counts
     * @return the same measure in the client's text
     */
    public int toOriginalPosition(int position) {
        int characters = Math.max(0, Math.min(position - 1, rewritten.codePointCount(0, rewritten.length())));
        int offset = toOriginalOffset(rewritten.offsetByCodePoints(0, characters));
        return original.codePointCount(0, offset) + 1;
    }

    /** Nothing of either text. */
    @Override
    public String toString() {
        return "PositionMap[" + edits.length / 4 + " edits]";
    }
}
