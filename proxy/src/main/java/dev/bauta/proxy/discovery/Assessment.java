package dev.bauta.proxy.discovery;

import dev.bauta.proxy.discovery.Evidence.Source;
import dev.bauta.proxy.discovery.ValueKinds.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what was seen of one column. Pieces of evidence for one kind add up as independent ones do: together they leave the
 * product of the doubts that each leaves. Values that should show a kind and do not take most of a name's weight away. Used once.
 */
final class Assessment {
    /** So many values, none of which is of the kind that the name says, are no chance. */
    private static final int ENOUGH_VALUES = 20;
    /** From so many values on their share counts in full. */
    private static final int FEW_VALUES = 5;

    private static final double LEAST_SHARE = 0.3;
    private static final double DOUBT = 0.3;

    /** How likely a column is of a kind when all its values are, for kinds that values show by themselves. */
    private static final Map<DataKind, Double> RELIABLE = Map.ofEntries(
            Map.entry(DataKind.EMAIL, 0.97),
            Map.entry(DataKind.CARD, 0.95),
            Map.entry(DataKind.ACCOUNT, 0.98),
            Map.entry(DataKind.NATIONAL_ID, 0.92),
            Map.entry(DataKind.PHONE, 0.75),
            Map.entry(DataKind.PERSON_NAME, 0.9),
            Map.entry(DataKind.ADDRESS, 0.85),
            Map.entry(DataKind.CITY, 0.7),
            Map.entry(DataKind.NETWORK_ADDRESS, 0.85),
            Map.entry(DataKind.DEVICE, 0.8));

    /** Kinds whose every form is recognised, so that values of no such form speak against them. */
    private static final List<DataKind> RECOGNISED =
            List.of(DataKind.EMAIL, DataKind.CARD, DataKind.PHONE, DataKind.NETWORK_ADDRESS);

    private final String table;
    private final CandidateColumn column;
    private final @Nullable ColumnSample sample;
    private final List<Evidence> evidence = new ArrayList<>();

    /** @param sample null when no values were to be had */
    Assessment(String table, CandidateColumn column, @Nullable ColumnSample sample) {
        this.table = table;
        this.column = column;
        this.sample = sample;
    }

    /** What was concluded. */
    record Conclusion(DataKind kind, double confidence, List<Evidence> evidence) {}

    /** The likeliest kind, with what speaks for it. */
    Optional<Conclusion> conclude() {
        weighName();
        weighComment();
        weighType();
        if (sample != null && sample.values() > 0) {
            weighValues(sample);
        }
        Map<DataKind, Double> doubts = new EnumMap<>(DataKind.class);
        evidence.forEach(piece -> doubts.merge(piece.kind(), 1 - piece.weight(), (left, right) -> left * right));
        return doubts.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .map(entry -> new Conclusion(entry.getKey(), 1 - entry.getValue(), evidenceFor(entry.getKey())));
    }

    private List<Evidence> evidenceFor(DataKind kind) {
        return evidence.stream()
                .filter(piece -> piece.kind() == kind)
                .sorted(Comparator.comparingDouble(Evidence::weight).reversed())
                .toList();
    }

    private void weighName() {
        Terms.SHIPPED.find(NameTokens.of(column.name())).ifPresent(term -> {
            double weight = term.strength().weight;
            if (term.strength() == Terms.Strength.PEOPLE && !Terms.isAboutPeople(table)) {
                weight = Terms.Strength.WEAK.weight / 2;
            }
            add(Source.NAME, term.kind(), "the name says '" + term.words() + "'", weight * faith(term.kind()));
        });
    }

    private void weighComment() {
        for (Terms.Term term : Terms.SHIPPED.findInText(column.comment())) {
            add(Source.COMMENT, term.kind(), "the comment says '" + term.words() + "'", 0.4 * faith(term.kind()));
        }
    }

    private void weighType() {
        if (column.family() == TypeFamily.NETWORK) {
            boolean hardware = column.type().name().name().startsWith("macaddr");
            DataKind kind = hardware ? DataKind.DEVICE : DataKind.NETWORK_ADDRESS;
            add(Source.TYPE, kind, "the type is " + column.type().name().name(), 0.6);
        }
    }

    /** How much a name is believed in view of the values. */
    private double faith(DataKind kind) {
        boolean denied = sample != null
                && sample.values() >= ENOUGH_VALUES
                && column.family() == TypeFamily.TEXT
                && RECOGNISED.contains(kind)
                && sample.of(kind) * 50 < sample.values();
        return denied ? DOUBT : 1;
    }

    private void weighValues(ColumnSample seen) {
        if (column.family() == TypeFamily.DOCUMENT) {
            weighDocuments(seen);
            return;
        }
        RELIABLE.forEach((kind, weight) -> weighShare(seen, kind, seen.of(kind), weight, "are " + kind.plural()));
        weighNames(seen);
        weighShare(
                seen,
                DataKind.ADDRESS,
                seen.of(DataKind.ADDRESS) + seen.of(Shape.ADDRESS),
                0.45,
                "have a house number");
        weighShare(seen, DataKind.NATIONAL_ID, seen.of(Shape.TAX_ID), 0.8, "pass the check of a tax number");
        int texts = seen.of(Shape.TEXT_WITH_CONTACT);
        if (texts > 0 && texts * 200 >= seen.values()) {
            add(
                    Source.VALUES,
                    DataKind.FREE_TEXT,
                    counted(texts, seen) + " hold e-mail addresses or telephone numbers",
                    0.6);
        }
        if (column.family() == TypeFamily.DATE && seen.years() >= 20) {
            weighShare(seen, DataKind.BIRTH_DATE, seen.births(), 0.3, "could be dates of birth");
        }
    }

    /** Known first names among values that have the form of names: a dictionary knows a part of all names alone. */
    private void weighNames(ColumnSample seen) {
        int known = seen.of(DataKind.PERSON_NAME);
        int formed = known + seen.of(Shape.NAME);
        if (known * 20 >= formed && known > 0) {
            weighShare(seen, DataKind.PERSON_NAME, formed, 0.65, "have the form of names, known ones among them");
        }
        int parts = seen.of(Shape.NAME_PART);
        weighShare(seen, DataKind.PERSON_NAME, parts, 0.75, "are known first or last names");
    }

    private void weighDocuments(ColumnSample seen) {
        int kinds = 0;
        int most = 0;
        StringBuilder names = new StringBuilder();
        for (DataKind kind : DataKind.values()) {
            if (seen.of(kind) > 0) {
                kinds++;
                most = Math.max(most, seen.of(kind));
                names.append(kinds > 1 ? ", " : "").append(kind.plural());
            }
        }
        if (kinds > 0) {
            double share = (double) most / seen.values();
            add(
                    Source.VALUES,
                    DataKind.RECORD,
                    counted(most, seen) + " hold " + names,
                    (kinds > 1 ? 0.9 : 0.75) * Math.sqrt(share));
        }
    }

    private void weighShare(ColumnSample seen, DataKind kind, int count, double weight, String what) {
        double share = (double) count / seen.values();
        if (share >= LEAST_SHARE) {
            double trust = Math.min(1, (double) seen.values() / FEW_VALUES);
            add(Source.VALUES, kind, counted(count, seen) + " " + what, weight * share * trust);
        }
    }

    private static String counted(int count, ColumnSample seen) {
        return count + " of " + seen.values() + " sampled values";
    }

    private void add(Source source, DataKind kind, String text, double weight) {
        boolean known = evidence.stream()
                .anyMatch(piece -> piece.source() == source && piece.kind() == kind && piece.weight() >= weight);
        if (kind.canBe(column.family()) && !known) {
            evidence.removeIf(piece -> piece.source() == source && piece.kind() == kind);
            evidence.add(new Evidence(source, kind, text, weight));
        }
    }
}
