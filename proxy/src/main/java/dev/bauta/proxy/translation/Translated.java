package dev.bauta.proxy.translation;

import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.draft.RuleDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules taken over from elsewhere. Immutable.
 *
 * @param draft the rule file
 * @param columns how many columns had rules
 * @param problems what could not be translated; the columns are protected by masks that show nothing
 * @param notes what else a person should know
 */
public record Translated(RuleDraft draft, int columns, List<Problem> problems, List<String> notes) {
    public Translated {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * Something that could not be translated.
     *
     * @param where the column, or the place in a file
     * @param reason why not
     */
    public record Problem(String where, String reason) {}

    /** Collects rules. Not thread-safe. */
    static final class Builder {
        private final List<DraftRule> rules = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private int columns;

        /**
         * Adds the rule of a column.
         *
         * @param where the column or its place, for the report
         * @param source what the rule was, for the comment above it
         * @param match patterns; none when they stand in the draft already
         */
        void add(String where, String source, List<String> match, Optional<String> tag, Translation translation) {
            columns++;
            List<String> comments = new ArrayList<>(List.of(source));
            translation.problem().ifPresent(reason -> {
                problems.add(new Problem(where, reason));
                comments.add("NOT TRANSLATED: " + reason + ". Choose a mask.");
            });
            if (!match.isEmpty()) {
                rules.add(new DraftRule(comments, match, tag, translation.mask()));
            }
        }

        void note(String note) {
            notes.add(note);
        }

        Translated build(String head) {
            List<String> comments = new ArrayList<>(List.of(head));
            comments.addAll(notes);
            return new Translated(new RuleDraft(comments, rules), columns, problems, notes);
        }
    }
}
