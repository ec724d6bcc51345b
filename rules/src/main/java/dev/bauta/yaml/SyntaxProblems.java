package dev.bauta.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Says in one sentence why a text is not YAML. The YAML library's own messages quote the lines around the place, which may
 * hold secrets, so none of their words are passed on.
 */
final class SyntaxProblems {
    private static final List<Sentence> SENTENCES = List.of(
            atStart("while scanning an alias", "put what starts with '*' in quotes, such as \"*.*.ssn\""),
            atStart("while scanning an anchor", "put what starts with '&' in quotes"),
            atStart("while scanning a tag", "put what starts with '!' in quotes"),
            atStart("while scanning a directive", "take out the line that starts with '%'"),
            atStart("found unexpected end of stream", "the quote that opens here is never closed"),
            atStart("found unexpected document separator", "the quote that opens here is not closed before a '---'"),
            atEnd(
                    "while scanning a double-quoted scalar",
                    "what follows the backslash is no escape of YAML; take single quotes for text with backslashes"),
            atStart("could not find expected ':'", "a ':' is missing after the key, or a blank after the '-'"),
            atEnd(
                    "mapping values are not allowed",
                    "a ':' is not expected here; check the indentation, and quote values"),
            atEnd("expected ',' or ']'", "a ',' or a ']' is missing here or before; check the list's brackets"),
            atEnd("expected ',' or '}'", "a ',' or a '}' is missing here or before; check the braces"),
            atEnd("sequence entries are not allowed", "a '- ' is not expected here; check the indentation"),
            atEnd("block sequence entries are not allowed", "a '- ' is not expected here; check the indentation"),
            atEnd("found character '\\t", "a tab stands here; indent with blanks"),
            atEnd("while scanning for the next token", "put what starts with this character in quotes"),
            atEnd("while parsing a block mapping", "a key is expected here; check indentation, quotes and brackets"),
            atEnd("while parsing a block collection", "a '- ' is expected here; check the indentation"));

    private static final String OTHERWISE = "this is not YAML; check indentation, quotes and brackets";
    private static final String KEY = "a key must be a single word";

    private SyntaxProblems() {}

    /**
     * @param start what the library's problem or context starts with
     * @param text what we say
     * @param atContext whether the place to show is where the construct starts rather than where it breaks
     */
    private record Sentence(String start, String text, boolean atContext) {
        boolean isAbout(MarkedYAMLException e) {
            return startsWith(e.getProblem()) || startsWith(e.getContext());
        }

        private boolean startsWith(@Nullable String words) {
            return words != null && words.startsWith(start);
        }

        Problem toProblem(MarkedYAMLException e, Problems problems) {
            return SyntaxProblems.toProblem(atContext ? e.getContextMark() : e.getProblemMark(), text, problems);
        }
    }

    private static Sentence atStart(String start, String text) {
        return new Sentence(start, text, true);
    }

    private static Sentence atEnd(String start, String text) {
        return new Sentence(start, text, false);
    }

    /** What to report in place of the library's exception. */
    static Problem toProblem(JsonProcessingException e, Problems problems) {
        if (!(e.getCause() instanceof MarkedYAMLException marked)) {
            return toProblem(e.getLocation(), problems);
        }
        return SENTENCES.stream()
                .filter(sentence -> sentence.isAbout(marked))
                .findFirst()
                .map(sentence -> sentence.toProblem(marked, problems))
                .orElseGet(() -> toProblem(marked.getProblemMark(), OTHERWISE, problems));
    }

    /** Jackson itself objects to one thing only, a list or mapping that is a key, just after its first character. */
    private static Problem toProblem(@Nullable JsonLocation at, Problems problems) {
        if (at == null || at.getLineNr() < 1) {
            return new Problem(problems.file(), OTHERWISE);
        }
        return new Problem(problems.at(at.getLineNr(), Math.max(1, at.getColumnNr() - 1)), KEY);
    }

    private static Problem toProblem(@Nullable Mark mark, String text, Problems problems) {
        Location at = mark == null ? problems.file() : problems.at(mark.getLine() + 1, mark.getColumn() + 1);
        return new Problem(at, text);
    }
}
