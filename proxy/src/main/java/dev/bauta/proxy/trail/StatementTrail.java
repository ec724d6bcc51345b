package dev.bauta.proxy.trail;

import dev.bauta.catalog.QualifiedName;
import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.engine.StatementFacts;
import dev.bauta.engine.StatementFacts.ProtectedColumn;
import dev.bauta.proxy.trail.Execution.Cells;
import dev.bauta.proxy.trail.Execution.Outcome;
import dev.bauta.proxy.trail.Watched.Describe;
import dev.bauta.proxy.trail.Watched.Open;
import dev.bauta.proxy.trail.Watched.Prepare;
import dev.bauta.proxy.trail.Watched.Run;
import dev.bauta.proxy.trail.Watched.Unread;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.RowDescription.Field;
import dev.bauta.proxy.wire.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a session's requests by the server's answers, and tells what was run. Names are taken over only when the server has
 * confirmed them, so that a statement is recorded for what it is and not for what a client pretends. Event loop only.
 *
 * <pre>
 *   client   Parse s   Bind p s   Execute p
 *   server   1         2          D D C          executed(facts of s, 2 rows)
 * </pre>
 */
public final class StatementTrail {
    /** Names beyond that are forgotten, eldest first; what is run under a forgotten name is recorded without its facts. */
    private static final int MOST_NAMES = 10_000;

    private static final String WELL = "00000";
    /** Of what the session did not live to see the end of: connection_failure. */
    private static final String UNANSWERED = "08006";

    private final Session session;
    private final SessionIdentity identity;
    private final SessionEvents events;
    private final Map<String, WatchedText> statements = newNames();
    private final Map<String, WatchedText> portals = newNames();
    private @Nullable WatchedText described;
    /** Of the Query that is being answered: which of its statements, and its layout. */
    private int number;
    /** Of the Query that is being answered nothing further is run. */
    private boolean failed;

    private ResultLayout queryLayout = ResultLayout.UNKNOWN;
    private long rows;
    private long bytes;

    /**
     * @param events who is told
     */
    public StatementTrail(Session session, SessionIdentity identity, SessionEvents events) {
        this.session = session;
        this.identity = identity;
        this.events = events;
    }

    private static Map<String, WatchedText> newNames() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, WatchedText> eldest) {
                return size() > MOST_NAMES;
            }
        };
    }

    // ---- requests

    /** Decides a text, and takes the time. */
    public Decision decide(String text, List<Integer> parameterTypes) {
        long start = System.nanoTime();
        Decision decision = session.decide(text, parameterTypes);
        events.decided(System.nanoTime() - start);
        return decision;
    }

    /** The text that the session has just decided. */
    public WatchedText decided(Decision decision) {
        return WatchedText.of(session.facts(), decision);
    }

    /** A text that was not even read. */
    public WatchedText unread(Outcome outcome) {
        return WatchedText.unread(outcome);
    }

    /** A Query. */
    public Watched query(WatchedText text) {
        return new Run(text, System.nanoTime());
    }

    /** A Parse. */
    public Watched parse(String name, WatchedText text) {
        return new Prepare(name, text, System.nanoTime());
    }

    /** A Bind. */
    public Watched bind(String portal, String statement) {
        return new Open(portal, statement, System.nanoTime());
    }

    /** A Parse that is not read. */
    public Watched unreadParse() {
        return new Unread(true);
    }

    /** A Bind that is not read. */
    public Watched unreadBind() {
        return new Unread(false);
    }

    /** A Describe. */
    public Watched describe(Target target) {
        return new Describe(target);
    }

    /** An Execute. */
    public Watched execute(String portal) {
        return new Watched.Execute(portal, System.nanoTime());
    }

    /** A Close. */
    public Watched close(Target target) {
        return new Watched.Close(target);
    }

    // ---- answers

    /** A row, or a message of COPY data, passes by; bytes with its header. */
    public void onRow(int size) {
        rows++;
        bytes += size;
    }

    /**
     * The server answers with something other than rows and errors.
     *
     * @param request what it answers, null when that is not known
     */
    public void onResponse(BackendType type, @Nullable Watched request) {
        switch (type) {
            case PARSE_COMPLETE, BIND_COMPLETE -> confirm(request);
            case CLOSE_COMPLETE -> {
                if (request instanceof Watched.Close close) {
                    (close.target().isStatement() ? statements : portals)
                            .remove(close.target().name());
                }
            }
            case ROW_DESCRIPTION -> described = findDescribed(request);
            case COMMAND_COMPLETE, PORTAL_SUSPENDED -> complete(request, WELL);
            case READY_FOR_QUERY -> startAfresh();
            default -> {}
        }
    }

    private void confirm(@Nullable Watched request) {
        if (request instanceof Prepare prepare) {
            statements.put(prepare.name(), prepare.text());
        } else if (request instanceof Open open) {
            portals.put(open.portal(), find(statements, open.statement()));
        } else if (request instanceof Unread unread) {
            (unread.isParse() ? statements : portals).clear();
        }
    }

    private @Nullable WatchedText findDescribed(@Nullable Watched request) {
        if (request instanceof Run run) {
            return run.text();
        } else if (request instanceof Describe describe) {
            return find(
                    describe.target().isStatement() ? statements : portals,
                    describe.target().name());
        }
        return null;
    }

    /** The fields of the result that the last RowDescription is of. */
    public void onFields(List<Field> fields) {
        if (described != null) {
            setLayout(described, ResultLayout.of(fields, columnsOf(described), session.isRaw()));
        }
    }

    /**
     * COPY data begins.
     *
     * @param fields how many columns it has
     */
    public void onCopyOut(int fields, @Nullable Watched request) {
        WatchedText text = textOf(request);
        setLayout(text, ResultLayout.ofCopy(fields, columnsOf(text), session.isRaw()));
    }

    private void setLayout(WatchedText text, ResultLayout layout) {
        text.setLayout(layout);
        queryLayout = layout;
    }

    private List<ProtectedColumn> columnsOf(WatchedText text) {
        StatementFacts facts = text.statement(number);
        return facts == null ? List.of() : withTaken(facts).columns();
    }

    /** The server answers with an error. */
    public void onError(@Nullable Watched request, String sqlState) {
        complete(request, sqlState);
        startAfresh();
        failed = request instanceof Run;
    }

    /**
     * The session ends. What the server has not answered by then may have been run all the same, and rows of it may have been sent.
     *
     * @param unanswered in the order in which they were sent
     */
    public void end(List<Watched> unanswered) {
        for (Watched request : unanswered) {
            confirm(request);
            if (request instanceof Run || request instanceof Watched.Execute) {
                tellRest(request, textOf(request));
                startAfresh();
            }
        }
    }

    private void tellRest(Watched request, WatchedText text) {
        for (StatementFacts facts : failed ? List.<StatementFacts>of() : text.from(number)) {
            tell(text, facts, UNANSWERED, layoutOf(request, text).times(rows), startOf(request));
            rows = 0;
            bytes = 0;
        }
    }

    private void startAfresh() {
        number = 0;
        failed = false;
        queryLayout = ResultLayout.UNKNOWN;
        rows = 0;
        bytes = 0;
    }

    // ---- what was run

    private void complete(@Nullable Watched request, String sqlState) {
        if (!(request instanceof Describe || request instanceof Watched.Close || request == null || failed)) {
            WatchedText text = textOf(request);
            StatementFacts facts = text.statement(number);
            if (facts != null) {
                tell(text, facts, sqlState, layoutOf(request, text).times(rows), startOf(request));
                if (sqlState.equals(WELL)) {
                    keep(facts, text);
                }
            }
        }
        int next = number + 1;
        startAfresh();
        number = request instanceof Run ? next : 0;
    }

    private ResultLayout layoutOf(Watched request, WatchedText text) {
        return request instanceof Run ? queryLayout : text.layout();
    }

    private void tell(WatchedText text, StatementFacts facts, String sqlState, Cells cells, long start) {
        Taken taken = withTaken(facts);
        events.executed(
                identity,
                new Execution(
                        facts,
                        taken.relations(),
                        taken.columns(),
                        text.outcome(),
                        text.refusal(),
                        sqlState,
                        rows,
                        bytes,
                        cells,
                        System.nanoTime() - start));
    }

    private record Taken(Set<QualifiedName> relations, List<ProtectedColumn> columns) {}

    /** EXECUTE and FETCH are about what they take up. */
    private Taken withTaken(StatementFacts facts) {
        Set<QualifiedName> relations = new LinkedHashSet<>(facts.relations());
        Set<ProtectedColumn> columns = new LinkedHashSet<>(facts.columns());
        for (String name : facts.takes()) {
            for (Map<String, WatchedText> names : List.of(statements, portals)) {
                WatchedText text = names.get(name);
                StatementFacts taken = text == null ? null : text.statement(0);
                if (taken != null) {
                    relations.addAll(taken.relations());
                    columns.addAll(taken.columns());
                }
            }
        }
        return new Taken(relations, new ArrayList<>(columns));
    }

    /** PREPARE and DECLARE leave something behind that Bind and Execute can name. */
    private void keep(StatementFacts facts, WatchedText text) {
        if (!facts.prepares().isEmpty()) {
            WatchedText kept = text.only(facts);
            (facts.kind().equals("PREPARE") ? statements : portals).put(facts.prepares(), kept);
        }
    }

    private WatchedText textOf(@Nullable Watched request) {
        if (request instanceof Run run) {
            return run.text();
        } else if (request instanceof Prepare prepare) {
            return prepare.text();
        } else if (request instanceof Open open) {
            return find(statements, open.statement());
        } else if (request instanceof Watched.Execute execute) {
            return find(portals, execute.portal());
        }
        return WatchedText.unread(Outcome.PASS);
    }

    private static long startOf(Watched request) {
        if (request instanceof Run run) {
            return run.start();
        } else if (request instanceof Prepare prepare) {
            return prepare.start();
        } else if (request instanceof Open open) {
            return open.start();
        } else if (request instanceof Watched.Execute execute) {
            return execute.start();
        }
        return System.nanoTime();
    }

    private static WatchedText find(Map<String, WatchedText> names, String name) {
        WatchedText text = names.get(name);
        return text == null ? WatchedText.unread(Outcome.PASS) : text;
    }

    // ---- the session

    /** Whose session it is. */
    public SessionIdentity identity() {
        return identity;
    }
}
