package dev.bauta.proxy.demo;

import java.time.LocalDate;
import java.util.List;

/** The rows of schema {@code clinic}: patients and their visits. */
final class ClinicRows {
    private static final int PATIENTS = 3_000;
    private static final int VISITS = 7_000;
    private static final LocalDate FIRST = LocalDate.of(2022, 1, 3);
    private static final LocalDate LAST = LocalDate.of(2025, 6, 30);

    private ClinicRows() {}

    static List<CopyText> generate(Invention invent) {
        CopyText patients = new CopyText("clinic.patients");
        for (int id = 1; id <= PATIENTS; id++) {
            addPatient(patients, invent, id);
        }
        CopyText visits = new CopyText("clinic.visits");
        for (int id = 1; id <= VISITS; id++) {
            addVisit(visits, invent, id);
        }
        return List.of(patients, visits);
    }

    private static void addPatient(CopyText patients, Invention invent, int id) {
        String name = invent.fullName();
        String contact = "{\"name\": \"%s\", \"phone\": \"%s\"}".formatted(invent.fullName(), invent.phone());
        patients.add(
                id,
                name,
                invent.socialSecurityNumber(id),
                invent.birthDate(1930, 2004),
                invent.chance(70) ? invent.email(name, id) : null,
                invent.chance(90) ? invent.phone() : null,
                invent.oneOf("0-", "0+", "A-", "A+", "B-", "B+", "AB-", "AB+"),
                invent.someOf("aspirin", "hazelnut", "latex", "penicillin", "pollen"),
                contact);
    }

    private static void addVisit(CopyText visits, Invention invent, int id) {
        visits.add(
                id,
                invent.between(1, PATIENTS),
                invent.timeOf(invent.date(FIRST, LAST)),
                invent.oneOf("cardiology", "dermatology", "emergency", "neurology", "orthopaedics"),
                invent.oneOf(
                        "asthma",
                        "atopic eczema",
                        "broken wrist",
                        "essential hypertension",
                        "iron deficiency anaemia",
                        "major depressive disorder",
                        "migraine with aura",
                        "type 2 diabetes mellitus"),
                invent.amount(40, 4_000));
    }
}
