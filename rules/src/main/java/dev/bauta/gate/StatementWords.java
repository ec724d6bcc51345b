package dev.bauta.gate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words with which PostgreSQL's statements begin, up to version 18. A statement that begins with another word is refused like one
 * that masked roles may not use, but in the words in which the server tells of a misspelling.
 */
final class StatementWords {
    private static final Set<String> WORDS = Set.of(("abort alter analyse analyze begin call checkpoint close cluster"
                    + " comment commit copy create deallocate declare delete discard do drop end execute explain fetch grant"
                    + " import insert listen load lock merge move notify prepare reassign refresh reindex release reset revoke"
                    + " rollback savepoint security select set show start table truncate unlisten update vacuum values with")
            .split(" "));

    private StatementWords() {}

    static boolean contains(@Nullable String word) {
        return word != null && WORDS.contains(word);
    }
}
