package dev.bauta.rewrite;

import dev.bauta.lexer.TokenRange;
import java.util.List;

/**
 * One replacement in a text, expressed by tokens so that it serves every text of the same shape. Immutable.
 *
 * @param from the first token replaced
 * @param to after the last token replaced; equal to {@code from} for an insertion behind token {@code from - 1}
 * @param pieces what stands there instead
 * @param masks true when the replacement is a masked relation
 */
public record Edit(int from, int to, List<Piece> pieces, boolean masks) {
    public Edit {
        pieces = List.copyOf(pieces);
    }

    /** A part of a replacement. */
    public sealed interface Piece {
        /**
         * Text of our own.
         *
         * @param text SQL
         */
        record Text(String text) implements Piece {}

        /**
         * Tokens of the client's, moved.
         *
         * @param range which ones
         */
        record Source(TokenRange range) implements Piece {}
    }

    /** A guess at how much longer a text becomes by it, in UTF-16 units: that of our own text, and of blanks that keep words apart. */
    int length() {
        int length = 2;
        for (Piece piece : pieces) {
            length += piece instanceof Piece.Text text ? text.text().length() : 0;
        }
        return length;
    }

    /** The same edit in a text in which the statement's first token has another index. */
    public Edit shifted(int by) {
        if (by == 0) {
            return this;
        }
        List<Piece> moved = pieces.stream()
                .map(piece -> piece instanceof Piece.Source source
                        ? new Piece.Source(new TokenRange(
                                source.range().from() + by, source.range().to() + by))
                        : piece)
                .toList();
        return new Edit(from + by, to + by, moved, masks);
    }

    /** Replaces tokens by text. */
    public static Edit replace(TokenRange range, String text) {
        return new Edit(range.from(), range.to(), List.of(new Piece.Text(text)), false);
    }

    /** Inserts text behind the token before {@code before}. */
    public static Edit insert(int before, String text) {
        return new Edit(before, before, List.of(new Piece.Text(text)), false);
    }
}
