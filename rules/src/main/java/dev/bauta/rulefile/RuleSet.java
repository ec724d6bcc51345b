package dev.bauta.rulefile;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.mask.KeyRing;
import dev.bauta.yaml.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A rule file that was read without a problem. Immutable.
 *
 * @param version the start of the SHA-256 of the file's text and the key's check value, so that it changes whenever the text or the
 *     key does, and tells nothing of the key; shown in audit and logs
 * @param roles first match wins; a principal whom none matches is masked
 * @param data what is done to data for everybody; a column that no rule matches is clear
 * @param allowedFunctions functions that the DBA vouches for, as schema and name patterns
 * @param keys the key material of keyed masks
 * @param fromComments whether columns of which no rule says anything are ruled by what the database itself says of them
 */
public record RuleSet(
        String version,
        List<RoleRule> roles,
        DataRules data,
        List<FunctionPattern> allowedFunctions,
        KeyRing keys,
        boolean fromComments) {
    public RuleSet {
        roles = List.copyOf(roles);
        allowedFunctions = List.copyOf(allowedFunctions);
    }

    /** The column rules for everybody. */
    public List<ColumnRule> columns() {
        return data.columns();
    }

    /** True when a mask of some rule can fail on values. */
    public boolean mayFailOnValues() {
        return Stream.concat(Stream.of(data), roles.stream().map(RoleRule::own)).anyMatch(DataRules::mayFailOnValues);
    }

    /** The rules that hold at a moment: without the entries that have ended. */
    public RuleSet at(Instant now) {
        List<RoleRule> current =
                DataRules.inForce(roles, now).stream().map(role -> role.at(now)).toList();
        return new RuleSet(version, current, data.at(now), allowedFunctions, keys, fromComments);
    }

    /** The next moment at which an entry ends; empty when none does. */
    public Optional<Instant> nextEnd(Instant now) {
        return entries()
                .map(Expiry::until)
                .flatMap(Stream::ofNullable)
                .filter(now::isBefore)
                .min(Comparator.naturalOrder());
    }

    /** The entries that have ended by a moment, in no order that means anything. */
    public List<Expiry> ended(Instant now) {
        return entries().filter(entry -> !entry.isInForce(now)).toList();
    }

    /**
     * When entries end, by what they are about, such as {@code role support: columns public.customers.phone}: of all entries about the
     * same, in the order of the file, those that do not end as {@link Instant#MAX}.
     */
    public SortedMap<String, List<Instant>> ends() {
        SortedMap<String, List<Instant>> ends = new TreeMap<>();
        data.entries().forEach(entry -> addEnd(ends, entry.subject(), entry));
        for (RoleRule role : roles) {
            addEnd(ends, role.subject(), role);
            role.own().entries().forEach(entry -> addEnd(ends, role.subject() + ": " + entry.subject(), entry));
        }
        return ends;
    }

    private static void addEnd(Map<String, List<Instant>> ends, String subject, Expiry entry) {
        Instant until = entry.until();
        ends.computeIfAbsent(subject, none -> new ArrayList<>()).add(until == null ? Instant.MAX : until);
    }

    private Stream<Expiry> entries() {
        return Stream.concat(
                roles.stream()
                        .flatMap(role ->
                                Stream.concat(Stream.of(role), role.own().entries())),
                data.entries());
    }

    /** Counts only: the masks' parameters may tell about the data. */
    @Override
    public String toString() {
        return "RuleSet[%s, %d roles, %d column rules]"
                .formatted(version, roles.size(), columns().size());
    }

    /**
     * Functions the DBA allows in masked sessions. Immutable.
     *
     * @param schema pattern over the schema
     * @param function pattern over the name
     * @param at where it stands
     */
    public record FunctionPattern(NamePattern schema, NamePattern function, Location at) {
        /** True when it covers this function. */
        public boolean matches(QualifiedName name) {
            return schema.matches(name.schema()) && function.matches(name.name());
        }

        boolean isExact() {
            return schema.isExact() && function.isExact();
        }

        @Override
        public String toString() {
            return schema.inPath() + "." + function.inPath();
        }
    }
}
