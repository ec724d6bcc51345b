package dev.bauta.proxy.demo;

import java.util.List;

/**
 * An attempt to see raw values through the proxy. Immutable.
 *
 * @param way how it is sent
 * @param sql the statements, sent one after the other in one transaction
 * @param parameters what is bound to {@code ?}; for {@link Way#BOUND} only
 * @param expected what must come of it, besides that nothing raw comes through
 */
record HostileStatement(Way way, List<String> sql, List<String> parameters, Expected expected) {
    /** How a statement is sent. */
    enum Way {
        /** The simple query protocol. */
        SIMPLE,
        /** The extended query protocol, with parameters. */
        BOUND,
        /** COPY to the client. */
        COPY
    }

    /** What must come of an attempt. */
    enum Expected {
        /** Masks, or an error. */
        MASKS,
        /** No row at all, since a row would confirm a guess. */
        NO_ROWS,
        /** An error. */
        REFUSAL
    }

    HostileStatement {
        sql = List.copyOf(sql);
        parameters = List.copyOf(parameters);
    }

    private static HostileStatement of(Expected expected, String... sql) {
        return new HostileStatement(Way.SIMPLE, List.of(sql), List.of(), expected);
    }

    private static HostileStatement copy(String sql) {
        return new HostileStatement(Way.COPY, List.of(sql), List.of(), Expected.MASKS);
    }

    /**
     * All attempts.
     *
     * @param email the raw e-mail address of a customer, for those attempts that guess
     */
    static List<HostileStatement> all(String email) {
        String prefix = email.substring(0, email.indexOf('@'));
        return List.of(
                of(Expected.MASKS, "SELECT * FROM customers"),
                of(Expected.MASKS, "TABLE customers"),
                of(Expected.MASKS, "SELECT upper(email) FROM customers"),
                of(Expected.MASKS, "SELECT row_to_json(c) FROM customers c"),
                of(Expected.MASKS, "SELECT email(c) FROM customers c"),
                of(Expected.MASKS, "SELECT c::text FROM customers c"),
                of(Expected.MASKS, "SELECT string_agg(card_number, ',') FROM payments_2024"),
                of(Expected.MASKS, "SELECT city FROM customers UNION SELECT email FROM customers"),
                of(Expected.MASKS, "WITH p AS (SELECT * FROM clinic.patients) SELECT jsonb_agg(to_jsonb(p)) FROM p"),
                of(Expected.MASKS, "SELECT * FROM customer_directory"),
                of(Expected.MASKS, "SELECT salary::text, bank_account FROM hr.employees ORDER BY salary DESC"),
                of(Expected.MASKS, "SELECT email::integer FROM customers"),
                of(Expected.NO_ROWS, "SELECT id FROM customers WHERE email LIKE '" + prefix + "%'"),
                of(
                        Expected.NO_ROWS,
                        "SELECT email FROM customers JOIN (VALUES ('" + email + "')) AS guess (email) USING (email)"),
                new HostileStatement(
                        Way.BOUND,
                        List.of("SELECT id FROM customers WHERE email = ?"),
                        List.of(email),
                        Expected.NO_ROWS),
                copy("COPY customers TO STDOUT"),
                copy("COPY (SELECT ssn, full_name FROM clinic.patients) TO STDOUT WITH (FORMAT csv)"),
                of(Expected.MASKS, "PREPARE p AS SELECT email FROM customers", "EXECUTE p"),
                of(Expected.MASKS, "DECLARE c CURSOR FOR SELECT diagnosis FROM clinic.visits", "FETCH ALL FROM c"),
                of(Expected.MASKS, "CREATE TEMP TABLE stolen AS SELECT * FROM customers", "SELECT * FROM stolen"),
                of(Expected.MASKS, "EXPLAIN (ANALYZE, VERBOSE) SELECT email FROM customers WHERE id < 9"),
                of(Expected.MASKS, "SELECT most_common_vals FROM pg_stats WHERE tablename = 'visits'"),
                of(Expected.REFUSAL, "SELECT query_to_xml('SELECT * FROM customers', true, false, '')"),
                of(
                        Expected.REFUSAL,
                        "DO $$ BEGIN RAISE NOTICE '%', (SELECT string_agg(email, ' ') FROM customers); END $$"),
                of(Expected.REFUSAL, "SELECT current_setting('bauta.inner_ssn')"),
                of(Expected.REFUSAL, "COPY customers TO PROGRAM 'cat'"));
    }
}
