package dev.bauta.proxy.review;

import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.engine.Engine;
import dev.bauta.policy.RolePolicies;
import dev.bauta.proxy.discovery.Discovery;
import dev.bauta.proxy.draft.DraftRule;
import dev.bauta.proxy.review.Finding.Kind;
import dev.bauta.rulefile.Expiry;
import dev.bauta.rulefile.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at rules beside a live schema. Reads the catalogs and no table. Immutable.
 *
 * @param findings what there is to say, what matters most first
 * @param patch rules for columns that seem to hold personal data and are in no rule
 * @param survey what each role sees
 */
public record Review(List<Finding> findings, List<DraftRule> patch, Survey survey) {
    /** What is less likely to be personal data is not spoken of. */
    private static final double LEAST_CONFIDENCE = 0.5;

    public Review {
        findings = List.copyOf(findings);
        patch = List.copyOf(patch);
    }

    /**
     * Looks at rules as they hold at a moment.
     *
     * @param connection a PostgreSQL JDBC connection in autocommit mode, whose search_path is changed
     * @param baseline what each role saw at an earlier check; null where that is not asked
     * @param progress hears what is done next
     * @throws SQLException when the catalogs cannot be read
     */
    public static Review of(
            RuleSet rules, Connection connection, Instant now, @Nullable Survey baseline, Consumer<String> progress)
            throws SQLException {
        progress.accept("reading the catalogs");
        CatalogSnapshot catalog = Engine.load(rules, connection).policies().catalog();
        LiveNames live = LiveNames.read(connection);
        RuleSet current = rules.at(now);
        progress.accept("applying the rules");
        RolePolicies policies = RolePolicies.of(rules, catalog, now);
        List<Audience> audiences = Audience.of(policies);
        Findings findings = new Findings(audiences.stream()
                .flatMap(audience -> audience.roles().stream())
                .toList());
        progress.accept("looking for what the rules name");
        rules.ended(now).forEach(entry -> report(entry, findings));
        new NameCheck(catalog, live, findings).examine(current);
        new RoleCheck(findings).examine(current);
        new PrecedenceCheck(catalog, findings).examine(current);
        ColumnCheck columns = new ColumnCheck(Discovery.byNames(catalog, LEAST_CONFIDENCE), findings);
        for (Audience audience : audiences) {
            progress.accept("looking at what role " + audience.roles().get(0) + " sees");
            new MaskCheck(current, live.keys(), findings).examine(audience);
            new ViewCheck(current, findings).examine(audience);
            new ForeignKeyCheck(current, findings).examine(audience);
            new IndexCheck(live.indexes(), findings).examine(audience);
            new FunctionCheck(current, live.routines(), findings).examine(audience);
            new WriteCheck(findings).examine(audience);
            columns.examine(audience);
        }
        Survey survey = Survey.of(policies);
        if (baseline != null) {
            Comparison.of(baseline, survey).forEach(change -> report(change, findings));
        }
        return new Review(findings.sorted(), List.copyOf(columns.patch()), survey);
    }

    private static void report(Expiry ended, Findings findings) {
        findings.add(
                Severity.NOTE,
                Kind.ENDED,
                ended.at(),
                "the entry has ended at " + ended.until() + ", and is as if it were not there",
                "take it out, or give it another end");
    }

    private static void report(Change change, Findings findings) {
        findings.add(
                change.exposes() ? Severity.WARNING : Severity.NOTE,
                Kind.DRIFT,
                change.object(),
                change.kind().label() + " since the last check: " + change.sentence(),
                "where it is as it should be, save it as the new baseline");
    }
}
