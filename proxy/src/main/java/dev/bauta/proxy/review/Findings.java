package dev.bauta.proxy.review;

import dev.bauta.proxy.review.Finding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects findings. What is found for several roles is one finding, which names them unless it is so for all. Not thread-safe. */
final class Findings {
    private final Set<String> allRoles;
    private final Map<Finding, Set<String>> found = new LinkedHashMap<>();

    /** @param allRoles the names of all roles that are masked */
    Findings(List<String> allRoles) {
        this.allRoles = new LinkedHashSet<>(allRoles);
    }

    /** Something that does not depend on the role. */
    void add(Severity severity, Kind kind, Object where, String message, String advice) {
        add(new ArrayList<>(allRoles), severity, kind, where, message, advice);
    }

    /** Something that is so for some roles. */
    void add(List<String> roles, Severity severity, Kind kind, Object where, String message, String advice) {
        found.computeIfAbsent(
                        new Finding(severity, kind, where.toString(), message, advice), none -> new LinkedHashSet<>())
                .addAll(roles);
    }

    /** All of them, what matters most first, else in the order in which they were found. */
    List<Finding> sorted() {
        return found.entrySet().stream()
                .map(entry -> entry.getValue().equals(allRoles)
                        ? entry.getKey()
                        : entry.getKey().forRoles(roles(entry.getValue())))
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    private static String roles(Set<String> names) {
        return (names.size() == 1 ? "role " : "roles ") + String.join(", ", names);
    }
}
