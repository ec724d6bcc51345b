package dev.bauta.proxy.review;

import dev.bauta.policy.Role;
import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.review.Change.Kind;
import dev.bauta.proxy.review.Survey.Sight;
import dev.bauta.proxy.review.Survey.SurveyedColumn;
import dev.bauta.proxy.review.Survey.SurveyedRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares two surveys. Roles are compared by name, and what they see only where they are masked in both; a role that one of them lacks
 * is compared with what those see whom no role matches, as its people can be such there. Used once.
 */
public final class Comparison {
    private static final String MASKED = "masked";
    private static final String REFUSED = "refused";
    private static final String DEFAULT = Role.DEFAULT.name();
    private static final String ABSENT = "not there";
    private static final String RAW = "raw";
    private static final String ALL_ROWS = "all rows";

    private final Survey before;
    private final Survey after;
    private final List<String> masked;
    private final List<Change> changes = new ArrayList<>();

    private Comparison(Survey before, Survey after) {
        this.before = before;
        this.after = after;
        this.masked = union(before.roles(), after.roles()).stream()
                .filter(role -> MASKED.equals(before.roles().get(in(before, role)))
                        && MASKED.equals(after.roles().get(in(after, role))))
                .toList();
    }

    /** The role that people of a role have in a survey that may lack it. */
    private static String in(Survey survey, String role) {
        return survey.roles().containsKey(role) ? role : DEFAULT;
    }

    /** All changes: of roles and what they may use, of the key, and of tables and columns by name. */
    public static List<Change> of(Survey before, Survey after) {
        Comparison comparison = new Comparison(before, after);
        comparison.compareRoles();
        comparison.compareRelations();
        return List.copyOf(comparison.changes);
    }

    private void compareRoles() {
        for (String role : union(before.roles(), after.roles())) {
            String was = before.roles().getOrDefault(role, ABSENT);
            String is = after.roles().getOrDefault(role, ABSENT);
            boolean others = hasOtherConditions(role);
            if (!was.equals(is) || others) {
                boolean exposes = others || is.equals(RAW) || was.equals(REFUSED);
                add(Kind.ROLE, "role " + role, List.of(), was, is + (others ? " under other conditions" : ""), exposes);
            }
        }
        compareOrder();
        compareFunctions();
        compareStatements();
        compareEnds();
        if (!before.key().equals(after.key())) {
            String is = after.key().isEmpty() ? ABSENT : "another one";
            add(Kind.KEY, "master key", List.of(), before.key().isEmpty() ? ABSENT : "there", is, false);
        }
    }

    private boolean hasOtherConditions(String role) {
        Map<String, String> old = before.conditions();
        Map<String, String> fresh = after.conditions();
        return old != null
                && fresh != null
                && old.containsKey(role)
                && fresh.containsKey(role)
                && !Objects.equals(old.get(role), fresh.get(role));
    }

    /** Who falls under two roles has the one that is tried first. */
    private void compareOrder() {
        if (before.order() != null && after.order() != null) {
            List<String> was = new ArrayList<>(before.order());
            List<String> is = new ArrayList<>(after.order());
            was.retainAll(after.order());
            is.retainAll(before.order());
            if (!was.equals(is)) {
                add(Kind.ROLE, "order", List.of(), String.join(", ", was), String.join(", ", is), true);
            }
        }
    }

    private void compareFunctions() {
        if (before.functions() != null && after.functions() != null) {
            SortedSet<String> all = new TreeSet<>(before.functions());
            all.addAll(after.functions());
            for (String function : all) {
                boolean was = before.functions().contains(function);
                boolean is = after.functions().contains(function);
                if (was != is) {
                    add(Kind.FUNCTION, function, List.of(), allowed(was), allowed(is), is);
                }
            }
        }
    }

    private static String allowed(boolean allowed) {
        return allowed ? "allowed" : "not allowed";
    }

    private void compareStatements() {
        SortedMap<String, SortedSet<String>> old = before.denied();
        SortedMap<String, SortedSet<String>> fresh = after.denied();
        if (old != null && fresh != null) {
            compareByRole(
                    Kind.STATEMENTS,
                    "allowed kinds",
                    role -> kinds(old.get(in(before, role))),
                    role -> kinds(fresh.get(in(after, role))),
                    texts -> false);
        }
    }

    private static String kinds(@Nullable SortedSet<String> denied) {
        return denied == null || denied.isEmpty() ? "all" : "all but " + String.join(", ", denied);
    }

    /** What stands behind an entry decides from its end on, and may show less or more. */
    private void compareEnds() {
        SortedMap<String, String> old = before.ends();
        SortedMap<String, String> fresh = after.ends();
        if (old != null && fresh != null) {
            for (String subject : union(old, fresh)) {
                String was = old.getOrDefault(subject, ABSENT);
                String is = fresh.getOrDefault(subject, ABSENT);
                if (!was.equals(is) && (isEnd(was) || isEnd(is))) {
                    add(Kind.UNTIL, subject, List.of(), was, is, !is.equals(ABSENT));
                }
            }
        }
    }

    private static boolean isEnd(String end) {
        return !end.equals(ABSENT) && !end.equals(Survey.NO_END);
    }

    private void compareRelations() {
        for (String name : union(before.relations(), after.relations())) {
            SurveyedRelation was = before.relations().get(name);
            SurveyedRelation is = after.relations().get(name);
            if (was == null && is != null) {
                compareWithNone(name, is);
            } else if (was != null && is == null) {
                add(Kind.DROPPED_TABLE, name, List.of(), "there", ABSENT, false);
            } else if (was != null && is != null) {
                compareRows(name, was, is);
                compareWrites(name, was, is);
                for (String column : union(was.columns(), is.columns())) {
                    compare(
                            name + "." + DraftRule.part(column),
                            was.columns().get(column),
                            is.columns().get(column));
                }
            }
        }
    }

    private void compareWithNone(String name, SurveyedRelation is) {
        Map<Long, List<String>> byRaw = new LinkedHashMap<>();
        for (String role : present()) {
            long raw = is.columns().values().stream()
                    .filter(column -> !column.seen().containsKey(role))
                    .count();
            byRaw.computeIfAbsent(raw, none -> new ArrayList<>()).add(role);
        }
        byRaw.forEach((raw, roles) -> add(
                Kind.NEW_TABLE,
                name,
                roles,
                ABSENT,
                is.columns().size() + " columns, " + raw + " of them raw",
                raw > 0));
    }

    private void compareRows(String name, SurveyedRelation was, SurveyedRelation is) {
        compareByRole(
                Kind.ROWS,
                name,
                role -> rows(was.rows().get(in(before, role))),
                role -> {
                    String old = was.rows().get(in(before, role));
                    String fresh = is.rows().get(in(after, role));
                    return old != null && fresh != null && !old.equals(fresh) ? "other rows" : rows(fresh);
                },
                texts -> !texts.before().equals(ALL_ROWS));
    }

    /** Tables that are not protected may be written as far as PostgreSQL allows it. */
    private void compareWrites(String name, SurveyedRelation was, SurveyedRelation is) {
        SortedSet<String> old = was.writable();
        SortedSet<String> fresh = is.writable();
        if (old != null && fresh != null) {
            Predicate<String> inBoth =
                    role -> was.isProtectedFrom(in(before, role)) && is.isProtectedFrom(in(after, role));
            compareByRole(
                    Kind.WRITES,
                    name,
                    role -> allowed(inBoth.test(role) && old.contains(in(before, role))),
                    role -> allowed(inBoth.test(role) && fresh.contains(in(after, role))),
                    texts -> texts.after().equals(allowed(true)));
        }
    }

    private void compareByRole(Kind kind, String object, ForRole was, ForRole is, Predicate<Texts> exposes) {
        Map<Texts, List<String>> byTexts = new LinkedHashMap<>();
        for (String role : masked) {
            Texts texts = new Texts(was.text(role), is.text(role));
            if (!texts.before().equals(texts.after())) {
                byTexts.computeIfAbsent(texts, none -> new ArrayList<>()).add(role);
            }
        }
        byTexts.forEach((texts, roles) -> add(kind, object, roles, texts.before(), texts.after(), exposes.test(texts)));
    }

    private static String rows(@Nullable String digest) {
        return digest == null ? ALL_ROWS : "some rows";
    }

    private void compare(String name, @Nullable SurveyedColumn was, @Nullable SurveyedColumn is) {
        if (was == null && is != null) {
            byRole(role -> ABSENT, role -> is.type() + ", " + sight(is.seen().get(role)))
                    .forEach((texts, roles) -> add(
                            Kind.NEW_COLUMN,
                            name,
                            roles,
                            texts.before(),
                            texts.after(),
                            !is.seen().containsKey(roles.get(0))));
        } else if (is == null && was != null) {
            add(Kind.DROPPED_COLUMN, name, List.of(), was.type(), ABSENT, false);
        } else if (was != null && is != null) {
            if (!was.type().equals(is.type())) {
                add(Kind.RETYPED, name, List.of(), was.type(), is.type(), false);
            }
            compareSights(name, was, is);
        }
    }

    private void compareSights(String name, SurveyedColumn was, SurveyedColumn is) {
        Map<Texts, List<String>> byTexts = new LinkedHashMap<>();
        Map<Texts, Kind> kinds = new LinkedHashMap<>();
        for (String role : masked) {
            Sight old = was.seen().get(in(before, role));
            Sight fresh = is.seen().get(in(after, role));
            boolean same = old == null ? fresh == null : old.looksLike(fresh);
            // What a mask computes names the type, so that another type alone is no other mask.
            boolean retyped = old != null
                    && fresh != null
                    && old.mask().equals(fresh.mask())
                    && !was.type().equals(is.type());
            if (!same && !retyped) {
                Texts texts = new Texts(sight(old), sight(fresh));
                byTexts.computeIfAbsent(texts, none -> new ArrayList<>()).add(role);
                kinds.put(texts, kind(old, fresh));
            }
        }
        byTexts.forEach((texts, roles) -> {
            Kind kind = Objects.requireNonNull(kinds.get(texts));
            add(kind, name, roles, texts.before(), texts.after(), kind == Kind.RAW);
        });
    }

    private static Kind kind(@Nullable Sight was, @Nullable Sight is) {
        if (is == null) {
            return Kind.RAW;
        } else if (is.isRefused()) {
            return Kind.REFUSED;
        }
        return was == null || was.isRefused() ? Kind.MASKED : Kind.MASKED_OTHERWISE;
    }

    /** The compared roles that there still are. */
    private List<String> present() {
        return masked.stream().filter(role -> after.roles().containsKey(role)).toList();
    }

    /** What something was and what it is. */
    private record Texts(String before, String after) {}

    private interface ForRole {
        String text(String role);
    }

    private Map<Texts, List<String>> byRole(ForRole was, ForRole is) {
        return present().stream()
                .collect(Collectors.groupingBy(
                        role -> new Texts(was.text(role), is.text(role)), LinkedHashMap::new, Collectors.toList()));
    }

    private static String sight(@Nullable Sight sight) {
        if (sight == null) {
            return RAW;
        }
        return (sight.isRefused() ? "refused" : "masked by " + sight.mask()) + " (" + sight.rule() + ")";
    }

    private static SortedSet<String> union(Map<String, ?> left, Map<String, ?> right) {
        SortedSet<String> all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        return all;
    }

    private void add(Kind kind, String object, List<String> roles, String was, String is, boolean exposes) {
        // Where it is so for every role that can be compared, the roles need not be told.
        changes.add(new Change(
                kind, object, roles.equals(masked) || roles.equals(present()) ? List.of() : roles, was, is, exposes));
    }
}
