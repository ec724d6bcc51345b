package dev.bauta.clients;

import java.util.List;
import java.util.Optional;

/** A program of our own that uses one client as an application does. */
interface ClientProgram {
    /** What a program can be told to do. */
    enum Phase {
        /** Make the tables and fill them. */
        SCHEMA,
        /** Use them. */
        WORK;

        /** The program's argument. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** All programs, those that may be missing on this machine too. */
    static List<ClientProgram> all() {
        return List.of(
                ExternalProgram.python("sqlalchemy"),
                ExternalProgram.python("django"),
                ExternalProgram.python("pgcli"),
                ExternalProgram.node("knex"),
                ExternalProgram.node("sequelize"),
                ExternalProgram.node("typeorm"),
                new HibernateProgram(),
                new JooqProgram());
    }

    /** The client's name. */
    String client();

    /** The client's version; empty where it is not installed. */
    Optional<String> version();

    /** True for a program that connects by JDBC. */
    boolean isJava();

    /** Runs the program and gives what it printed. */
    String run(Phase phase, Target target);
}
