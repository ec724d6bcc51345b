package dev.bauta.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into JSON: keys with dots between, in double quotes where they are not plain, and {@code [*]} for the elements of an
 * array, such as {@code contacts[*].phone}. A {@code $} in front is the document itself. Immutable.
 *
 * @param steps from the document inwards
 */
record JsonPath(List<Step> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\G(?:(\\[\\*])|(\\.?)(?:\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"|([^.\\[\\]\"$*\\s]+)))");
    private static final int MOST_STEPS = 32;

    JsonPath {
        steps = List.copyOf(steps);
    }

    /** One step. */
    sealed interface Step {}

    /** To the value of a key. */
    record Member(String key) implements Step {}

    /** To each element of an array. */
    record Elements() implements Step {}

    /** The path that a text is; empty where it is none. */
    static Optional<JsonPath> parse(String text) {
        boolean rooted = text.startsWith("$");
        String rest = rooted ? text.substring(1) : text;
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(rest);
        int end = 0;
        while (end < rest.length() && step.find()) {
            boolean dot = ".".equals(step.group(2));
            boolean dotExpected = rooted || !steps.isEmpty();
            if (step.group(1) == null && dot != dotExpected) {
                return Optional.empty();
            }
            steps.add(step.group(1) != null ? new Elements() : new Member(key(step)));
            end = step.end();
        }
        boolean whole = end == rest.length() && (rooted || !steps.isEmpty());
        return whole && steps.size() <= MOST_STEPS ? Optional.of(new JsonPath(steps)) : Optional.empty();
    }

    private static String key(Matcher step) {
        String quoted = step.group(3);
        return quoted == null ? step.group(4) : quoted.replaceAll("\\\\(.)", "$1");
    }
}
