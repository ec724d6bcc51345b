package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Held;
import dev.bauta.rewrite.PositionMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The text that goes to the PostgreSQL driver in the place of the application's text.
 *
 * @param sql the text to send
 * @param positions what leads positions in it back to the application's text, null when it is the application's text
 * @param placed false when positions cannot be led back, since JDBC escapes were translated
 * @param held tells whether the text would be decided the same by now
 * @param ready the query, null where the PostgreSQL driver is to read the text
 */
record SentText(
        String sql, @Nullable Supplier<PositionMap> positions, boolean placed, Held held, @Nullable ReadyQuery ready) {
    /** Stands for what the PostgreSQL driver asks by itself. */
    static final SentText NOTHING = asIs("");

    /** A text that goes as it is. */
    static SentText asIs(String sql) {
        return new SentText(sql, null, true, () -> true, null);
    }

    /** A text that was rewritten. */
    static SentText rewritten(Decision.Rewrite rewrite, boolean placed, Held held) {
        PositionMap positions = rewrite.positions();
        return new SentText(rewrite.text(), () -> positions, placed, held, null);
    }

    /** The same text as a query, where the PostgreSQL driver need not read it. */
    SentText ready(PgSide pg) {
        return new SentText(sql, positions, placed, held, pg.ready(sql));
    }

    /** Nothing of the text. */
    @Override
    public String toString() {
        return "SentText[" + (positions == null ? "as is" : "rewritten") + "]";
    }
}
