package dev.bauta.proxy.review;

import dev.bauta.catalog.Column;
import dev.bauta.catalog.Relation;
import dev.bauta.policy.Protection;
import dev.bauta.policy.Protection.MaskedColumn;
import dev.bauta.proxy.review.Finding.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables that masked roles may write although they have columns with a stand-in for each value: whoever writes a guess sees what stands for it. */
final class WriteCheck {
    private static final Set<String> STAND_INS = Set.of("hash", "token", "pseudonym", "uuid", "fake");

    private final Findings findings;

    WriteCheck(Findings findings) {
        this.findings = findings;
    }

    void examine(Audience audience) {
        for (Relation relation : Names.relations(audience.policy().catalog())) {
            boolean writable = audience.policy().protection(relation) instanceof Protection.Masked masked
                    && masked.writable()
                    && !masked.isFiltered();
            List<String> guessed = relation.columns().stream()
                    .filter(column -> writable && hasStandIns(audience.masked(relation, column)))
                    .map(Column::name)
                    .toList();
            if (!guessed.isEmpty()) {
                findings.add(
                        audience.roles(),
                        Severity.NOTE,
                        Kind.WRITES,
                        Names.of(relation),
                        "whoever may write it can try out guesses, as equal values have equal masks: "
                                + Names.list(guessed),
                        "where that must not be, leave out writes: allowed, or give these columns a mask that is alike for many values");
            }
        }
    }

    private static boolean hasStandIns(@Nullable MaskedColumn masked) {
        return masked != null && STAND_INS.contains(masked.mask().name());
    }
}
