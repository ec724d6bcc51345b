package dev.bauta.proxy.session;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.flush;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.EngineUnderTest;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Raw sessions change what the catalogs say, comments that protect here, and go on at once. No masked session goes by what they said
 * before, whatever it does next.
 */
class RawChangesTest {
    private static final String PROTECT = "COMMENT ON COLUMN t.a IS 'Bauta: redact'";
    private static final String CLEAR = "COMMENT ON COLUMN t.a IS 'Bauta: none'";
    private static final String SECRET = "SELECT a || '' FROM t";

    private static EngineUnderTest proxy;
    private TestClient raw;
    private TestClient masked;

    @BeforeAll
    static void start() throws IOException, SQLException {
        proxy = EngineUnderTest.start(
                "CREATE TABLE gate (); CREATE TABLE t (a text); INSERT INTO t SELECT 'canary' FROM generate_series(1, 9)",
                """
                version: 1
                from-comments: true
                roles:
                  - {name: dba, users: [postgres], access: raw}
                  - {name: helper, member-of: [raw_changes_helpers], access: raw}
                columns:
                  - {match: public.made_*.secret, mask: redact}
                """);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @BeforeEach
    void login() throws IOException {
        raw = proxy.login("postgres");
        raw.query(CLEAR);
        masked = proxy.login("analyst");
        assertThat(masked.query("SELECT a FROM t").get(1).firstValue()).isEqualTo("canary");
    }

    @AfterEach
    void logout() throws IOException {
        raw.close();
        masked.close();
    }

    @Test
    void manyChangesAreReadOnceWhenAMaskedSessionDecides() throws IOException {
        int before = proxy.refreshes();
        for (int i = 0; i < 20; i++) {
            raw.query("CREATE TABLE made_" + i + " (secret text)");
        }
        raw.query("BEGIN");
        raw.query("INSERT INTO made_19 VALUES ('canary')");
        raw.query("GRANT SELECT ON made_19 TO analyst");
        raw.query("COMMIT");
        assertThat(proxy.refreshes()).isEqualTo(before);
        assertThat(masked.query("SELECT secret || '' FROM made_19").get(1).firstValue())
                .isEqualTo("REDACTED");
        assertThat(proxy.refreshes()).isEqualTo(before + 1);
        masked.query("SELECT 1");
        assertThat(proxy.refreshes()).isEqualTo(before + 1);
    }

    @Test
    void theNextQueryAndTheNextSessionGoByTheChange() throws IOException {
        for (int i = 0; i < 20; i++) {
            raw.query(PROTECT);
            assertThat(masked.query(SECRET).get(1).firstValue()).isEqualTo("REDACTED");
            raw.query(CLEAR);
            try (TestClient fresh = proxy.login("analyst")) {
                assertThat(fresh.query(SECRET).get(1).firstValue()).isEqualTo("canary");
            }
        }
    }

    @Test
    void whatIsPreparedOrHalfReadGoesByTheChange() throws IOException {
        masked.query("BEGIN; DECLARE c CURSOR FOR " + SECRET);
        masked.send(parse("s", SECRET), bind("p", "s"), execute("p", 1), sync());
        masked.readUntil('Z');
        masked.query("SAVEPOINT x");
        raw.query(PROTECT);
        masked.send(execute("p", 1), sync());
        assertOutdated(masked.readUntil('Z'));
        masked.query("ROLLBACK TO x");
        assertOutdated(masked.query("FETCH 1 FROM c"));
        masked.query("ROLLBACK");
        masked.send(bind("", "s"), describePortal(""), execute("", 1), sync());
        assertThat(masked.readUntil('Z').get(2).firstValue()).isEqualTo("REDACTED");
    }

    /** The change comes between two parts of a message, and while one waits for what is asked before it. */
    @Test
    void aMessageThatHasBegunGoesByTheChange() throws IOException {
        byte[] message = query(SECRET);
        masked.send(Arrays.copyOf(message, 10));
        raw.query(PROTECT);
        masked.send(Arrays.copyOfRange(message, 10, message.length));
        assertThat(masked.readUntil('Z').get(1).firstValue()).isEqualTo("REDACTED");
        raw.query(CLEAR);
        masked.send(parse("s", SECRET), Arrays.copyOf(bind("", "s"), 3));
        raw.query(PROTECT);
        byte[] rest = bind("", "s");
        masked.send(Arrays.copyOfRange(rest, 3, rest.length), execute("", 1), sync());
        assertThat(masked.readUntil('Z').get(2).firstValue()).isEqualTo("REDACTED");
    }

    /** The statement is sent before the change and described after it. */
    @Test
    void aResultThatComesAfterTheChangeIsGuardedByIt() throws IOException {
        try (TestClient other = proxy.login("postgres")) {
            other.query("BEGIN; LOCK TABLE gate");
            masked.send(query("TABLE gate"), parse("", "SELECT a FROM t"), bind("", ""), execute("", 0), sync());
            Awaitility.await().until(() -> other.query(
                            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'gate'::regclass")
                    .get(1)
                    .firstValue()
                    .equals("1"));
            raw.query(PROTECT);
            other.query("COMMIT");
        }
        assertThat(masked.readUntil('Z').get(0).type()).isEqualTo('T');
        List<BackendMessage> answer = masked.readUntil('Z');
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer).endsWith(BackendMessage.END);
    }

    /** Raw sessions go by memberships as well: whoever grants or revokes one goes on when all know. */
    @Test
    void aMembershipThatIsRevokedEndsARawSession() throws IOException {
        raw.query("CREATE ROLE raw_changes_helpers; GRANT SELECT ON t TO raw_changes_helpers");
        raw.query("CREATE ROLE raw_changes_helper LOGIN IN ROLE raw_changes_helpers");
        try (TestClient helper = proxy.login("raw_changes_helper")) {
            assertThat(helper.query("SELECT a FROM t").get(1).firstValue()).isEqualTo("canary");
            raw.query("REVOKE raw_changes_helpers FROM raw_changes_helper");
            assertThat(helper.query("SELECT a FROM t").get(0).fields()).containsEntry('C', "57P01");
        } finally {
            raw.query("DROP OWNED BY raw_changes_helpers; DROP ROLE raw_changes_helper, raw_changes_helpers");
        }
    }

    /** Without end, from two sessions, while masked ones are at work, who all get on. */
    @Test
    void maskedSessionsGetOnUnderChangesWithoutEnd() throws Exception {
        raw.query(PROTECT);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Integer>> changes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String table = "busy_" + i;
            changes.add(threads.submit(() -> change(table, begun, done)));
        }
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 30; i++) {
            assertThat(masked.query(SECRET).get(1).firstValue()).isEqualTo("REDACTED");
        }
        done.set(true);
        for (Future<Integer> change : changes) {
            assertThat(change.get()).isPositive();
        }
        threads.shutdown();
    }

    private static int change(String table, CountDownLatch begun, AtomicBoolean done) throws IOException {
        int changes = 0;
        try (TestClient session = proxy.login("postgres")) {
            while (!done.get()) {
                session.query("CREATE TABLE " + table + " (secret text)");
                session.query("DROP TABLE " + table);
                changes++;
                begun.countDown();
            }
        }
        return changes;
    }

    private static void assertOutdated(List<BackendMessage> answer) {
        assertThat(answer).noneMatch(message -> message.body().contains("canary"));
        assertThat(answer.get(0).fields()).containsEntry('C', "0A000");
    }

    /** It is answered before the ReadyForQuery, and so are changes of roles, for which the catalogs are read first. */
    @Test
    void aCommitThatIsAnsweredBeforeTheSyncHoldsAtOnce() throws IOException {
        for (String change :
                List.of(PROTECT, CLEAR, "DO 'BEGIN EXECUTE $$" + PROTECT.replace("'", "''") + "$$; END'")) {
            raw.query("BEGIN");
            raw.query(change);
            raw.send(parse("", "COMMIT"), bind("", ""), execute("", 0), flush());
            raw.readUntil('C');
            assertThat(masked.query(SECRET).get(1).firstValue())
                    .isEqualTo(change.equals(CLEAR) ? "canary" : "REDACTED");
            raw.send(sync());
            raw.readUntil('Z');
        }
    }

    /** What comes behind it in the block is committed at the Sync. */
    @Test
    void aCommitWithinABlockHoldsAtOnce() throws IOException {
        String protecting = "EXECUTE $$" + PROTECT.replace("'", "''") + "$$;";
        raw.send(parse("", "DO 'BEGIN " + protecting + " COMMIT; END'"), bind("", ""), execute("", 0), flush());
        raw.readUntil('C');
        assertThat(masked.query(SECRET).get(1).firstValue()).isEqualTo("REDACTED");
        raw.send(sync());
        raw.readUntil('Z');
        raw.query(CLEAR);
        raw.send(parse("", "DO 'BEGIN COMMIT; " + protecting + " END'"), bind("", ""), execute("", 0), flush());
        raw.readUntil('C');
        assertThat(masked.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
        raw.send(sync());
        raw.readUntil('Z');
        assertThat(masked.query(SECRET).get(1).firstValue()).isEqualTo("REDACTED");
    }

    @Test
    void aTransactionThatWasPreparedHoldsOnceItIsCommitted() throws IOException {
        raw.query("BEGIN");
        raw.query(PROTECT);
        raw.query("PREPARE TRANSACTION 'raw changes'");
        assertThat(masked.query("SELECT 1").get(1).firstValue()).isEqualTo("1");
        raw.send(parse("", "COMMIT PREPARED 'raw changes'"), bind("", ""), execute("", 0), flush());
        raw.readUntil('C');
        assertThat(masked.query(SECRET).get(1).firstValue()).isEqualTo("REDACTED");
    }
}
