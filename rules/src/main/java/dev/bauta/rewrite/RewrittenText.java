package dev.bauta.rewrite;

import dev.bauta.lexer.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text with edits applied. Immutable; {@link #toString} shows nothing of it.
 *
 * @param text the new text; whatever no edit touches is there byte for byte
 * @param positions leads positions back to the client's text
 * @param maskedRelations for each edit that is a masked relation, where it starts and ends in the new text; in order
 */
public record RewrittenText(String text, PositionMap positions, List<Span> maskedRelations) {
    private static final Comparator<Edit> IN_ORDER =
            Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to);

    public RewrittenText {
        maskedRelations = List.copyOf(maskedRelations);
    }

    /**
     * A stretch of the new text.
     *
     * @param start offset of its first UTF-16 unit
     * @param end offset after its last
     */
    public record Span(int start, int end) {
        /** True when the offset lies inside. */
        public boolean contains(int offset) {
            return offset >= start && offset < end;
        }
    }

    /** Applies edits, which must not overlap. */
    public static RewrittenText of(Tokens tokens, List<Edit> edits) {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(IN_ORDER);
        return TextEditor.apply(tokens, sorted);
    }

    /** True when the offset in the new text lies inside a masked relation. */
    public boolean isMasked(int offset) {
        int low = 0;
        int high = maskedRelations.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (maskedRelations.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < maskedRelations.size() && maskedRelations.get(low).contains(offset);
    }

    @Override
    public String toString() {
        return "RewrittenText[" + positions + "]";
    }
}
