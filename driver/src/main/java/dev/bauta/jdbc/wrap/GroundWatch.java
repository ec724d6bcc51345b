package dev.bauta.jdbc.wrap;

import dev.bauta.engine.Session;
import dev.bauta.jdbc.BautaSQLException;
import dev.bauta.refusal.Refusal;
import java.sql.SQLException;
import java.util.List;

/**
 * Keeps what a session's decisions rest on as it is at the server: rules, catalogs, search_path, and the settings by which texts are read.
 * By the thread that holds the session's lock, but for {@link #lookAtRules}.
 */
final class GroundWatch {
    /** Reported settings that bear on how text is read. */
    private static final List<String> REPORTED =
            List.of("standard_conforming_strings", "client_encoding", "server_encoding");

    private final Session session;
    private final PgSide pg;
    private final CatalogWatch catalog;
    private final SearchPath searchPath;
    /** One of the settings as it was when the engine was told last. */
    private boolean standardConformingStrings;
    /** DDL has run that the engine's catalogs do not show yet, nor can before it is committed. */
    private boolean catalogChanged;

    GroundWatch(Session session, PgSide pg, CatalogWatch catalog) {
        this.session = session;
        this.pg = pg;
        this.catalog = catalog;
        this.searchPath = new SearchPath(session, pg);
    }

    /** Tells the engine what the server said at the session's start. */
    void start() throws SQLException {
        if (!session.isRaw()) {
            searchPath.load();
            standardConformingStrings = pg.standardConformingStrings();
            tellSettings();
        }
    }

    // ---- before a decision

    /**
     * Looks at what may have changed.
     *
     * @param next the text to decide: the end of a transaction needs no look, and must not wait for one
     */
    void lookBefore(String next) throws SQLException {
        boolean due = catalog.isDue();
        boolean stale = !session.isRaw() && (catalog.hasChanged() || searchPath.isStale());
        if (!due && !stale || pg.raw().isClosed()) {
            return; // As nearly always: this is asked for each statement.
        }
        catalog.lookAtRules();
        if (!session.isRaw() && !ServerReading.isOfTransaction(next, pg.standardConformingStrings())) {
            if (catalog.hasChanged()) {
                refreshCatalog();
            } else if (due && !pg.isFailed() && catalog.takeLook()) {
                refreshDueCatalog();
            }
            if (!pg.inTransaction()) {
                session.endTransaction(); // The search_path is in doubt when the catalogs have changed.
            }
            searchPath.refreshWhenStale();
        }
    }

    /** Reads the rule file when it has changed and was not looked at for some seconds. By any thread. */
    void lookAtRules() {
        catalog.lookAtRules();
    }

    /** Reads the catalogs where a change was announced. */
    void refreshChangedCatalog() throws SQLException {
        if (catalog.hasChanged()) {
            refreshCatalog();
        }
    }

    /** In a transaction the catalogs are read by another connection, and in a failed one nothing could be asked by this one. */
    void refreshCatalog() throws SQLException {
        if (!pg.inTransaction()) {
            pg.requireInStep();
        }
        catalog.refresh(pg.raw());
    }

    private void refreshDueCatalog() throws SQLException {
        if (pg.inTransaction()) {
            catalog.refreshBeside();
        } else {
            refreshCatalog();
        }
    }

    // ---- behind it

    /** Notes what the text that was decided last does to the catalogs; to be called for each text of a batch. */
    void noteDecided() {
        catalogChanged |= session.changedCatalog();
    }

    /** Notes that what runs changes the catalogs. */
    void noteChange() {
        catalogChanged = true;
    }

    /** Notes that something runs that was not decided. */
    void noteForeign() {
        searchPath.onForeign();
    }

    /** Takes over the only one of the settings that can change within a masked session: the connection ends when client_encoding does. */
    void observeSettings() throws SQLException {
        boolean standard = pg.standardConformingStrings();
        if (!session.isRaw() && standard != standardConformingStrings) {
            standardConformingStrings = standard;
            tellSettings();
        }
    }

    /** Announces what has changed the catalogs as far as it is committed, as it can be by a text that fails behind that. */
    void announceCommitted() {
        noteDecided();
        if (catalogChanged && !pg.inTransaction()) {
            catalogChanged = false;
            catalog.announceChange();
        }
    }

    private void tellSettings() throws SQLException {
        for (String name : REPORTED) {
            String value = pg.parameterStatus(name);
            Refusal refusal = value == null ? null : session.onParameterStatus(name, value);
            if (refusal != null) {
                pg.raw().close();
                throw BautaSQLException.of(refusal, 0);
            }
        }
    }
}
