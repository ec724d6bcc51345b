package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads patterns over names: one name, or names with dots between, of which each may stand in double quotes. Within quotes a
 * dot is part of the name and {@code ""} is one quote. Not thread-safe.
 */
final class PatternReader {
    /** PostgreSQL cuts names to NAMEDATALEN - 1 bytes. */
    private static final int LONGEST_NAME = 63;

    private final Problems problems;

    PatternReader(Problems problems) {
        this.problems = problems;
    }

    /** A single name, in which a dot is nothing special. */
    Optional<NamePattern> name(Node.Scalar scalar) {
        return check(new Part(scalar.text(), false), scalar)
                ? Optional.of(new NamePattern(scalar.text()))
                : Optional.empty();
    }

    /** The parts between the dots; empty when the text is no pattern and was reported. */
    Optional<List<NamePattern>> parts(Node.Scalar scalar) {
        Optional<List<Part>> parts = new Splitter(scalar.text()).split();
        if (parts.isEmpty()) {
            problems.add(
                    scalar,
                    "the quotes in " + Words.quoted(scalar.text())
                            + " do not enclose whole parts; write \"schema\".\"table\".\"column\"");
            return Optional.empty();
        }
        boolean good = parts.get().stream().allMatch(part -> check(part, scalar));
        return good
                ? Optional.of(parts.get().stream()
                        .map(part -> new NamePattern(part.text()))
                        .toList())
                : Optional.empty();
    }

    private boolean check(Part part, Node.Scalar scalar) {
        Optional<String> fault = part.findFault();
        fault.ifPresent(message -> problems.add(scalar, Words.quoted(scalar.text()) + " " + message));
        return fault.isEmpty();
    }

    private record Part(String text, boolean quoted) {
        Optional<String> findFault() {
            if (text.isEmpty()) {
                return Optional.of("has an empty part; '*' stands for any name");
            }
            if (!quoted && !text.equals(text.strip())) {
                return Optional.of("has a blank at the start or end of a name");
            }
            int bytes = text.replace("*", "").getBytes(StandardCharsets.UTF_8).length;
            return bytes > LONGEST_NAME
                    ? Optional.of("has a name of more than 63 bytes, which PostgreSQL cuts, so it can never match")
                    : Optional.empty();
        }
    }

    /** One pass over one pattern. */
    private static final class Splitter {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private int at;

        Splitter(String text) {
            this.text = text;
        }

        /** Empty when quotes are not closed, or something but a dot follows them. */
        Optional<List<Part>> split() {
            while (at < text.length() && text.charAt(at) == '"' ? quoted() : plain()) {
                if (at == text.length()) {
                    return Optional.of(parts);
                }
                at++;
            }
            return Optional.empty();
        }

        /** Ends at a dot or the end; false for a quote within. */
        private boolean plain() {
            int dot = text.indexOf('.', at);
            int end = dot < 0 ? text.length() : dot;
            String part = text.substring(at, end);
            parts.add(new Part(part, false));
            at = end;
            return part.indexOf('"') < 0;
        }

        /** Ends at a dot or the end; false when there is something else. */
        private boolean quoted() {
            StringBuilder part = new StringBuilder();
            for (at++; at < text.length(); at++) {
                if (text.charAt(at) != '"') {
                    part.append(text.charAt(at));
                } else if (text.startsWith("\"\"", at)) {
                    part.append(text.charAt(at++));
                } else {
                    parts.add(new Part(part.toString(), true));
                    return ++at == text.length() || text.charAt(at) == '.';
                }
            }
            return false;
        }
    }
}
