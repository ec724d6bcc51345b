package dev.bauta.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bauta.catalog.CatalogLoader;
import dev.bauta.catalog.CatalogSnapshot;
import dev.bauta.lexer.LexerSettings;
import dev.bauta.policy.Principal;
import dev.bauta.refusal.Refusal;
import dev.bauta.refusal.RefusalCode;
import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import dev.bauta.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What open sessions see of rules that are replaced, and of entries that end by themselves. */
class StandingTest {
    private static final String RULES =
            """
            version: 1
            roles:
              - {name: raw for a while, users: guest, access: raw, until: 2026-06-30}
              - name: support
                users: support
                access: masked
                columns: [{match: public.t.mail, mask: none, until: 2026-06-30}]
            columns:
              - {match: public.t.mail, mask: "null"}
            """;

    private static final String MASKED =
            "SELECT mail FROM (SELECT NULL::pg_catalog.text AS mail FROM public.t AS r) AS t";
    private static CatalogSnapshot catalog;

    private final SettableClock clock = new SettableClock();
    private Engine engine;

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-06-30T23:59:59.999Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeAll
    static void load() throws Exception {
        try (Connection connection =
                TestDatabase.create("CREATE TABLE t (id int, mail text)").connect()) {
            catalog = CatalogLoader.load(connection);
        }
    }

    @BeforeEach
    void openEngine() {
        engine = Engine.of(rules(RULES), catalog, clock);
    }

    @Test
    void endsARawSessionWhoseRoleEnds() {
        Session session = open("guest");
        assertThat(session.isRaw()).isTrue();
        assertThat(session.reviewRole()).isNull();
        clock.now = Instant.parse("2026-07-01T00:00:00Z");
        assertThat(session.reviewRole()).extracting(Refusal::code).isEqualTo(RefusalCode.ROLE_CHANGED);
        assertThat(open("guest").isRaw()).isFalse();
    }

    @Test
    void endsAMaskedSessionThatWasGivenOtherKeys() throws Exception {
        String keyed =
                RULES.replace("version: 1", "version: 1\nkey: ${env:KEY}").replace("mask: \"null\"", "mask: hash");
        engine.replaceRules(keyed(keyed, "one key of many bytes"));
        Session session = open("somebody");
        Session raw = open("guest");
        engine.replaceRules(keyed(keyed + "# changed", "one key of many bytes"));
        assertThat(session.reviewRole()).isNull();
        engine.replaceRules(keyed(keyed, "another key of many bytes"));
        assertThat(session.reviewRole())
                .isEqualTo(new Refusal(
                        RefusalCode.ROLE_CHANGED,
                        "terminating connection: the keys of masks have changed",
                        "Connect again.",
                        -1));
        assertThat(raw.reviewRole()).isNull();
        assertThat(open("somebody").reviewRole()).isNull();
    }

    private static RuleSet keyed(String text, String key) throws Exception {
        return RuleFile.parse(text, "rules.yaml", Map.of("KEY", key), Path.of("."));
    }

    @Test
    void decidesAnewWhenAnExceptionOfTheRoleEnds() {
        Session session = open("support");
        assertThat(decide(session)).isEqualTo("pass");
        Held held = session.decided();
        session.decide("PREPARE p AS SELECT mail FROM t");
        session.portals().add("c", held);
        assertThat(held.isKnownCurrent()).isFalse();
        assertThat(held.isCurrent()).isTrue();
        assertThat(held.isKnownCurrent()).isTrue();
        clock.now = Instant.parse("2026-07-01T00:00:00Z");
        assertThat(session.reviewRole()).isNull();
        assertThat(held.isKnownCurrent()).isFalse();
        assertThat(held.isCurrent()).isFalse();
        assertThat(session.portals().isCurrent("c")).isFalse();
        assertThat(decide(session, "EXECUTE p"))
                .isEqualTo("the prepared statement or cursor was decided under other rules or tables");
        assertThat(decide(session)).isEqualTo(MASKED);
    }

    @Test
    void followsASessionIntoAnotherRole() {
        Session session = open("support");
        assertThat(decide(session)).isEqualTo("pass");
        engine.replaceRules(rules(RULES.replace("users: support", "users: other")));
        assertThat(session.reviewRole()).isNull();
        assertThat(session.role().name()).isEqualTo("default");
        assertThat(decide(session)).isEqualTo(MASKED);
    }

    @Test
    void keepsASessionMaskedThatMaySeeMore() {
        Session session = open("nobody");
        engine.replaceRules(rules(RULES.replace("users: guest", "users: [guest, nobody]")));
        assertThat(session.reviewRole()).isNull();
        assertThat(decide(session)).isEqualTo(MASKED);
        assertThat(open("nobody").isRaw()).isTrue();
    }

    @Test
    void endsASessionWhoseUserIsRefused() {
        Session session = open("support");
        engine.replaceRules(rules(RULES.replace("access: masked\n    columns", "access: refused\n    #")
                .replace("#: [{match: public.t.mail, mask: none, until: 2026-06-30}]", "")));
        assertThat(session.reviewRole())
                .extracting(Refusal::message)
                .isEqualTo("terminating connection: the rules have changed, and role \"support\" may see less");
    }

    @Test
    void sharesWhatWasDecidedBetweenSessionsOfTheSamePolicy() {
        Session one = open("one");
        Session two = open("two");
        assertThat(decide(one)).isEqualTo(decide(two)).isEqualTo(MASKED);
        assertThat(decide(open("support"))).isEqualTo("pass");
    }

    @Test
    void guardsByTheRolesPolicy() {
        int relation = catalog.relationsNamed("t").get(0).oid();
        assertThat(open("one").guard(relation, 2)).isEqualTo(Verdict.PROTECTED);
        assertThat(open("support").guard(relation, 2)).isEqualTo(Verdict.CLEAR);
        assertThat(open("support").guard(relation, 3))
                .as("a column that was just added")
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(open("support").guard(relation, -1)).isEqualTo(Verdict.CLEAR);
    }

    private Session open(String user) {
        Session session = engine.open(new Principal(user, "x"), LexerSettings.SERVER);
        session.setSearchPath(List.of("pg_catalog", "public"));
        return session;
    }

    private static String decide(Session session) {
        return decide(session, "SELECT mail FROM t");
    }

    private static String decide(Session session, String sql) {
        Decision decision = session.decide(sql);
        if (decision instanceof Decision.Rewrite rewrite) {
            return rewrite.text();
        }
        return decision instanceof Decision.Refuse refuse ? refuse.refusal().message() : "pass";
    }

    private static RuleSet rules(String text) {
        try {
            return RuleFile.parse(text, "rules.yaml", Map.of(), Path.of("."));
        } catch (dev.bauta.yaml.InvalidFileException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
