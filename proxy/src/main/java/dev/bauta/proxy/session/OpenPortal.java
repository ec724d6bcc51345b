package dev.bauta.proxy.session;

import dev.bauta.engine.Held;
import dev.bauta.engine.HeldNames;
import java.util.ArrayList;
import java.util.List;

/**
 * What a portal was opened on. Immutable.
 *
 * @param statements what it would run
 */
record OpenPortal(List<Held> statements) implements Held {
    /** Of a name that was never prepared, at which the server will raise an error. */
    static final OpenPortal UNKNOWN = new OpenPortal(List.of());

    /** @param prepared what the prepared statement's name stands for */
    static OpenPortal on(List<Held> prepared) {
        if (prepared.size() == 1) {
            return new OpenPortal(List.of(prepared.get(0).open()));
        }
        List<Held> opened = new ArrayList<>(prepared.size());
        prepared.forEach(statement -> opened.add(statement.open()));
        return new OpenPortal(opened);
    }

    @Override
    public boolean isCurrent() {
        return HeldNames.areCurrent(statements);
    }

    @Override
    public void run() {
        statements.forEach(Held::run);
    }

    @Override
    public long length() {
        return Held.length(statements);
    }
}
