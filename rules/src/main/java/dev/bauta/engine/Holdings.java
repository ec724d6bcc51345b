package dev.bauta.engine;

import dev.bauta.lexer.TokenRange;
import dev.bauta.lexer.Tokens;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.refusal.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What a masked session may have the server hold, by SQL and by protocol. Not thread-safe. */
final class Holdings {
    /** What the PostgreSQL JDBC driver calls statements that it prepares by itself, unseen. */
    private static final String UNSEEN = "S_";
    /** What it calls cursors. */
    private static final String UNSEEN_CURSOR = "C_";

    /** How often a statement that takes up another one can itself be taken up; the server allows for few of them. */
    private static final int MOST_NESTED = 100;

    private final HeldNames statements;
    private final HeldNames portals;
    private final Held forgotten;
    private final BooleanSupplier plansTell;
    private final boolean jdbc;
    /** The names that a look has come to: statements can take each other up in circles, and on countless ways. */
    private final Set<String> seenStatements = new HashSet<>();

    private final Set<String> seenPortals = new HashSet<>();
    private int depth;

    /**
     * @param forgotten stands for what is not remembered
     * @param plansTell whether there is anything whose plan tells of protected values
     * @param jdbc true where the PostgreSQL JDBC driver prepares statements that are not decided on by name
     */
    Holdings(Held forgotten, BooleanSupplier plansTell, boolean jdbc) {
        this.forgotten = forgotten;
        this.plansTell = plansTell;
        this.jdbc = jdbc;
        this.statements = new HeldNames(forgotten);
        this.portals = new HeldNames(forgotten);
    }

    HeldNames statements() {
        return statements;
    }

    HeldNames portals() {
        return portals;
    }

    /** True for PREPARE and DECLARE: they leave something behind that is not decided again by its name. */
    static boolean leavesBehind(Tokens tokens, TokenRange statement) {
        boolean leaves = tokens.isWord(statement.from(), "declare") || tokens.isWord(statement.from(), "prepare");
        return leaves && statement.from() + 1 < statement.to() && tokens.name(statement.from() + 1) != null;
    }

    /**
     * Remembers what a statement leaves behind.
     *
     * @param statement the tokens of such a statement alone
     */
    void hold(Tokens statement, Held held) {
        HeldNames names = statement.isWord(0, "prepare") ? statements : portals;
        names.add(String.valueOf(statement.name(1)), new Left(held, isWithHold(statement)));
    }

    private static boolean isWithHold(Tokens declare) {
        for (int i = 2; i < declare.size(); i++) {
            if (declare.isWord(i, "hold") && declare.isWord(i - 1, "with")) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a statement has left behind, another object each time that it is run: a Close that is under way takes an earlier one away.
     *
     * @param outlivesTransaction true for a cursor that is there until the session ends
     */
    private record Left(Held held, boolean outlivesTransaction) implements Held {
        @Override
        public boolean isCurrent() {
            return held.isCurrent();
        }

        @Override
        public boolean mayBeExplained() {
            return held.mayBeExplained();
        }

        @Override
        public long length() {
            return held.length();
        }
    }

    /** The refusal of a statement that takes up what would be decided otherwise by now, or shows a plan that tells. */
    Optional<RefusedException> findObjection(HeldReferences references) {
        return references.isEmpty() ? Optional.empty() : findStale(references).or(() -> findTellingPlan(references));
    }

    /** The refusal of a statement that names what a door has prepared for itself, or leaves something behind under a name that is used unseen. */
    Optional<RefusedException> findTakenName(Tokens tokens, TokenRange statement) {
        if (jdbc && leavesBehind(tokens, statement)) {
            String name = String.valueOf(tokens.name(statement.from() + 1));
            if (name.startsWith(UNSEEN) || name.startsWith(UNSEEN_CURSOR)) {
                String prefixes = UNSEEN + "\" or \"" + UNSEEN_CURSOR;
                return Optional.of(taken(prefixes, "the PostgreSQL JDBC driver's", 1));
            }
        }
        boolean names = tokens.isWord(statement.from(), "prepare")
                || tokens.isWord(statement.from(), "execute")
                || tokens.isWord(statement.from(), "explain")
                || tokens.isWord(statement.from(), "create")
                || tokens.isWord(statement.from(), "deallocate");
        for (int i = statement.from() + 1; names && i < statement.to(); i++) {
            String name = tokens.name(i);
            if (name != null && HeldNames.isOwn(name)) {
                return Optional.of(taken(HeldNames.OWN, "Bauta's", i - statement.from()));
            }
        }
        return Optional.empty();
    }

    private static RefusedException taken(String prefix, String whose, int token) {
        return new RefusedException(
                RefusalCode.STATEMENT_KIND,
                "names that begin with \"" + prefix + "\" are " + whose + " own",
                "Choose another name.",
                token);
    }

    private Optional<RefusedException> findTellingPlan(HeldReferences references) {
        boolean silent = references.explained().isEmpty()
                || !plansTell.getAsBoolean()
                || references.explained().stream().allMatch(this::mayBeExplained);
        return silent
                ? Optional.empty()
                : Optional.of(new RefusedException(
                        RefusalCode.PROTECTED_RELATION,
                        "EXPLAIN of a prepared statement is not allowed to a masked role where it is not known to be of"
                                + " tables and views whose plans tell nothing",
                        "EXPLAIN the query itself.",
                        0));
    }

    private boolean mayBeExplained(String name) {
        List<Held> all = statements.of(name);
        boolean seen = !all.isEmpty() && !(jdbc && name.startsWith(UNSEEN));
        return seen && all.stream().allMatch(Held::mayBeExplained);
    }

    /** Calls itself by way of what stands behind the names. What is nested too deep counts as changed. */
    private boolean areCurrent(HeldReferences references) {
        if (depth == MOST_NESTED) {
            return false;
        }
        depth++;
        try {
            return references.statements().stream()
                            .allMatch(name -> !seenStatements.add(name) || isStatementCurrent(name))
                    && references.portals().stream().allMatch(name -> !seenPortals.add(name) || isPortalCurrent(name));
        } finally {
            depth--;
            if (depth == 0) {
                seenStatements.clear();
                seenPortals.clear();
            }
        }
    }

    /** What nobody has seen can mean something else under another search_path, by which the server plans it anew. */
    private boolean isStatementCurrent(String name) {
        return !(jdbc && name.startsWith(UNSEEN)) && statements.isCurrent(name);
    }

    private boolean isPortalCurrent(String name) {
        return !(jdbc && name.startsWith(UNSEEN_CURSOR) && !forgotten.isCurrent()) && portals.isCurrent(name);
    }

    private Optional<RefusedException> findStale(HeldReferences references) {
        return areCurrent(references)
                ? Optional.empty()
                : Optional.of(new RefusedException(
                        RefusalCode.RULES_CHANGED,
                        "the prepared statement or cursor was decided under other rules or tables",
                        "Prepare or declare it again, under another name.",
                        0));
    }
}
