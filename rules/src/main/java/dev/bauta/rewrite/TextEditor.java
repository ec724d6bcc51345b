package dev.bauta.rewrite;

import dev.bauta.lexer.Tokens;
import dev.bauta.rewrite.Edit.Piece;
import dev.bauta.rewrite.RewrittenText.Span;
import java.util.ArrayList;
import java.util.List;

/** Applies sorted edits to a text, keeping words apart. Used once. */
final class TextEditor {
    private final Tokens tokens;
    private final String original;
    private final StringBuilder out;
    private final List<Span> masked = new ArrayList<>();
    private int copied;

    private TextEditor(Tokens tokens, int length) {
        this.tokens = tokens;
        this.original = tokens.text();
        this.out = new StringBuilder(length);
    }

    static RewrittenText apply(Tokens tokens, List<Edit> edits) {
        int length = tokens.text().length();
        for (Edit edit : edits) {
            length += edit.length();
        }
        return new TextEditor(tokens, length).apply(edits);
    }

    private RewrittenText apply(List<Edit> edits) {
        int[] positions = new int[edits.size() * 4];
        int i = 0;
        for (Edit edit : edits) {
            int start = edit.from() == edit.to() ? tokens.end(edit.from() - 1) : tokens.start(edit.from());
            int end = edit.from() == edit.to() ? start : tokens.end(edit.to() - 1);
            if (start < copied) {
                throw new IllegalStateException("overlapping edits");
            }
            out.append(original, copied, start);
            int begin = out.length();
            append(edit);
            copied = end;
            separate(end);
            if (edit.masks()) {
                masked.add(new Span(begin, out.length()));
            }
            positions[i++] = start;
            positions[i++] = end;
            positions[i++] = begin;
            positions[i++] = out.length();
        }
        out.append(original, copied, original.length());
        String text = out.toString();
        return new RewrittenText(text, new PositionMap(original, text, positions), masked);
    }

    private void append(Edit edit) {
        int begin = out.length();
        for (Piece piece : edit.pieces()) {
            if (piece instanceof Piece.Text text) {
                out.append(text.text());
            } else if (piece instanceof Piece.Source source
                    && source.range().to() > source.range().from()) {
                int from = tokens.start(source.range().from());
                out.append(original, from, tokens.end(source.range().to() - 1));
            }
        }
        if (begin > 0 && begin < out.length() && touches(out.charAt(begin - 1), out.charAt(begin))) {
            out.insert(begin, ' ');
        }
    }

    /** Puts a blank where the next character of the original would join the last one written. */
    private void separate(int next) {
        if (next < original.length()
                && out.length() > 0
                && touches(out.charAt(out.length() - 1), original.charAt(next))) {
            out.append(' ');
        }
    }

    private static boolean touches(char left, char right) {
        return joins(left) && joins(right);
    }

    /** Any character that could become part of a longer token with its neighbour. */
    private static boolean joins(char c) {
        return c > ' ' && "()[],;.".indexOf(c) < 0;
    }
}
