package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Held;
import dev.bauta.rewrite.PositionMap;
import org.jspecify.annotations.Nullable;

/**
 * The text that goes to the PostgreSQL driver in the place of the application's text.
 *
 * @param sql the text to send
 * @param positions leads positions in it back to the application's text, null when the text was not rewritten
 * @param placed false when positions cannot be led back, since JDBC escapes were translated
 * @param held tells whether the text would be decided the same by now
 */
record SentText(String sql, @Nullable PositionMap positions, boolean placed, Held held) {
    /** Stands for what the PostgreSQL driver asks by itself. */
    static final SentText NOTHING = asIs("");

    /** A text that goes as it is. */
    static SentText asIs(String sql) {
        return new SentText(sql, null, true, () -> true);
    }

    /** Nothing of the text. */
    @Override
    public String toString() {
        return "SentText[" + (positions == null ? "as is" : "rewritten") + "]";
    }
}
