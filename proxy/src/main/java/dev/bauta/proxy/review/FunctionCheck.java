package dev.bauta.proxy.review;

import static dev.bauta.proxy.review.Severity.NOTE;
import static dev.bauta.proxy.review.Severity.WARNING;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.catalog.Relation;
import dev.bauta.catalog.UnsafeName;
import dev.bauta.policy.Protection;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.rulefile.RuleSet.FunctionPattern;
import java.util.List;
import java.util.Optional;

/**
 * Functions whose source or SQL-standard body names a protected relation, those of its triggers, and those that casts put behind built-in types, so
 * that these are refused.
 */
final class FunctionCheck {
    private final RuleSet rules;
    private final List<Routine> routines;
    private final Findings findings;

    FunctionCheck(RuleSet rules, List<Routine> routines, Findings findings) {
        this.rules = rules;
        this.routines = routines;
        this.findings = findings;
    }

    void examine(Audience audience) {
        List<Relation> guarded = Names.relations(audience.policy().catalog()).stream()
                .filter(relation -> !(audience.policy().protection(relation) instanceof Protection.Clear))
                .toList();
        for (Routine routine : routines) {
            List<String> used = guarded.stream()
                    .filter(relation -> routine.words().contains(relation.name().name())
                            || routine.relations().contains(relation.oid()))
                    .map(Names::of)
                    .toList();
            if (!used.isEmpty()) {
                report(audience, routine, used);
            }
        }
        audience.policy().catalog().unsafeNames().stream()
                .filter(this::isRefusedBuiltinType)
                .forEach(type -> report(audience, type));
    }

    /** Arrays go with their elements. */
    private boolean isRefusedBuiltinType(UnsafeName name) {
        return name.kind() == UnsafeName.Kind.TYPE
                && name.name().schema().equals("pg_catalog")
                && !name.name().name().startsWith("_")
                && name.isOfOwnFunctions()
                && !name.calls().stream().allMatch(this::isAllowed);
    }

    private boolean isAllowed(QualifiedName function) {
        return rules.allowedFunctions().stream().anyMatch(pattern -> pattern.matches(function));
    }

    private void report(Audience audience, UnsafeName type) {
        findings.add(
                audience.roles(),
                WARNING,
                Kind.FUNCTION,
                "type " + type.name(),
                "every statement that names it, as in x::" + type.name().name() + ", is refused: it " + type.because()
                        + ", which is not known to be safe",
                "allow the function in the rule file, under functions: allow:, or create the cast WITH INOUT");
    }

    private void report(Audience audience, Routine routine, List<String> used) {
        Optional<FunctionPattern> allowing = rules.allowedFunctions().stream()
                .filter(pattern -> pattern.matches(routine.name()))
                .findFirst();
        boolean allowed = allowing.isPresent();
        String rights = routine.ownersRights() ? ", and runs with its owner's rights (SECURITY DEFINER)" : "";
        findings.add(
                audience.roles(),
                allowed ? WARNING : NOTE,
                Kind.FUNCTION,
                allowing.map(pattern -> pattern.at().toString()).orElse("function " + routine),
                (allowed ? "masked sessions may call function " + routine + ", and it" : "it") + " uses the protected "
                        + Names.list(used) + rights,
                allowed
                        ? "see that it never shows a raw value, or take it out of functions: allow"
                        : "masked sessions cannot call it; look through it before you allow it");
    }
}
