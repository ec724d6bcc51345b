package dev.bauta.proxy.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The rows of schema {@code hr}: departments and who works in them. */
final class StaffRows {
    private static final int EMPLOYEES = 1_200;
    private static final LocalDate FIRST_HIRED = LocalDate.of(2005, 1, 3);
    private static final LocalDate LAST_HIRED = LocalDate.of(2025, 6, 30);
    private static final List<String> DEPARTMENTS = List.of(
            "Accounting",
            "Buying",
            "Clinic",
            "Human Resources",
            "IT",
            "Legal",
            "Logistics",
            "Marketing",
            "Sales",
            "Support");

    private StaffRows() {}

    static List<CopyText> generate(Invention invent) {
        CopyText departments = new CopyText("hr.departments");
        for (String name : DEPARTMENTS) {
            departments.add(departments.rows() + 1, name, BigDecimal.valueOf(invent.between(2, 90) * 100_000L));
        }
        CopyText employees = new CopyText("hr.employees");
        for (int id = 1; id <= EMPLOYEES; id++) {
            addEmployee(employees, invent, id);
        }
        return List.of(departments, employees);
    }

    /** The first employee of each department has no manager, and manages the others. */
    private static void addEmployee(CopyText employees, Invention invent, int id) {
        int department = (id - 1) % DEPARTMENTS.size() + 1;
        String name = invent.fullName();
        employees.add(
                id,
                department,
                id == department ? null : department,
                name,
                invent.email(name, id),
                invent.birthDate(1960, 2003),
                invent.date(FIRST_HIRED, LAST_HIRED),
                invent.amount(32_000, 160_000),
                invent.bankAccount(),
                invent.chance(35));
    }
}
