package dev.bauta.refusal;

/** Every reason for which Bauta refuses something, with the SQLSTATE that the client receives. */
public enum RefusalCode {
    /** The text is not lexically valid PostgreSQL. */
    SYNTAX("42601"),
    /** A byte sequence is not valid in the session's encoding. */
    ENCODING("22021"),
    /** The statement names something protected and cannot be analysed. */
    NOT_ANALYSABLE("0A000"),
    /** The kind of statement is not allowed to masked roles. */
    STATEMENT_KIND("42501"),
    /** A function, operator or type that could reach data behind the masks. */
    UNSAFE_OBJECT("42501"),
    /** A write to a protected relation, or to one whose constraints answer questions about protected columns. */
    PROTECTED_WRITE("42501"),
    /** A relation that no masked session may read. */
    PROTECTED_RELATION("42501"),
    /** A column that the session's role may not read, masked or not. */
    PROTECTED_COLUMN("42501"),
    /** A setting that masked sessions must not read or change. */
    SETTING("42501"),
    /** An unqualified name that means different relations by search_path, while the search_path is not known. */
    AMBIGUOUS_NAME("42501"),
    /** A relation that does not exist where the search_path looks. */
    UNDEFINED_RELATION("42P01"),
    /** A column that does not exist. */
    UNDEFINED_COLUMN("42703"),
    /** The role may not connect at all. */
    ROLE_REFUSED("42501"),
    /** The rules have changed, and give the session's user less than the session has. */
    ROLE_CHANGED("57P01"),
    /** A prepared statement or cursor that would be decided otherwise by now. */
    RULES_CHANGED("0A000"),
    /** A protocol feature that masked sessions must not use. */
    PROTOCOL_FEATURE("42501"),
    /** The result guard found a protected column in a result: a defect of ours, stopped before it reached the client. */
    RESULT_GUARD("XX000"),
    /** A check of our own failed. */
    INTERNAL("XX000");

    private final String sqlState;

    RefusalCode(String sqlState) {
        this.sqlState = sqlState;
    }

    /** The SQLSTATE, five characters. */
    public String sqlState() {
        return sqlState;
    }
}
