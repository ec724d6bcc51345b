package dev.bauta.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations as lines: {@code >} before what the client sends, by its type bytes (X stands for CopyDone or CopyFail), and
 * {@code <} before what the server answers. An {@code !} before an answer expects that it is a violation.
 */
class PendingRequestsTest {
    private static final Map<Character, Request> REQUESTS = Map.ofEntries(
            Map.entry('Q', Request.QUERY),
            Map.entry('P', Request.PARSE),
            Map.entry('B', Request.BIND),
            Map.entry('D', Request.DESCRIBE),
            Map.entry('E', Request.EXECUTE),
            Map.entry('C', Request.CLOSE),
            Map.entry('S', Request.SYNC),
            Map.entry('X', Request.COPY_END),
            Map.entry('q', Request.refused(Kind.QUERY, ErrorResponse.of("ERROR", "42501", "no"))),
            Map.entry('p', Request.refused(Kind.PARSE, ErrorResponse.of("ERROR", "42501", "no"))),
            Map.entry('G', Request.DESCRIBE.asOwn()));

    @Test
    void simpleQueries() {
        leaves(">Q <TCZ", "");
        leaves(">Q <TCTCIZ", "");
        leaves(">QQ <TC", "QUERY");
        leaves(">QQ <TCZEZ", "");
        leaves(">QP <EZ", "PARSE");
    }

    @Test
    void extendedQueries() {
        leaves(">PBDES <12TCZ", "");
        leaves(">PDBES <1tn2CZ", "");
        leaves(">BES <2s", "SYNC");
        leaves(">BEES <2sCZ", "");
        leaves(">CCS <33Z", "");
        leaves(">BES <2IZ", "");
        leaves(">PGBES <1", "own DESCRIBE");
        leaves(">PGBES <1tT2CZ", "");
        leaves(">PGDS <1tntTZ", "");
        leaves(">PGBES <EZ", "");
    }

    @Test
    void afterAnErrorEverythingIsSkippedToSync() {
        leaves(">PBE <E", "");
        leaves(">PBE <E >BEQX", "");
        leaves(">PBE <E >BES", "SYNC");
        leaves(">PBES <E", "SYNC");
        leaves(">PBESP <E", "SYNC");
        leaves(">PBESP <EZ", "PARSE");
        leaves(">PBES <12EZ", "");
        leaves(">PQS <E", "SYNC");
    }

    @Test
    void anErrorAtSyncSkipsNothing() {
        leaves(">PBESP <12CE", "SYNC");
        leaves(">PBESP <12CEZ", "PARSE");
    }

    @Test
    void whatAFailedQueryWasToDoMayNotBeDone() {
        assertThat(doneOfQuery("CZ")).containsExactly("answered");
        assertThat(doneOfQuery("E")).isEmpty();
        assertThat(doneOfQuery("EZ")).containsExactly("failed");
        assertThat(doneOfQuery("CEZ")).containsExactly("failed");
    }

    private static List<String> doneOfQuery(String answers) {
        List<String> done = new ArrayList<>();
        PendingRequests pending = new PendingRequests();
        pending.add(
                Request.QUERY.also(() -> done.add("answered"), () -> done.add("failed"), () -> done.add("skipped")));
        answers.chars().forEach(type -> respond(pending, (char) type));
        return done;
    }

    @Test
    void copyInTakesSyncAndCopyDone() {
        leaves(">Q <G >X <CZ", "");
        leaves(">Q <G >SX <CZ", "");
        leaves(">QX <GCZ", "");
        leaves(">QXQ <GCZ", "QUERY");
        leaves(">PBES <12G >XS <CZ", "");
        leaves(">PBESXS <12GCZ", "");
        leaves(">Q <G >X <CG >X <CZ", "");
        leaves(">QXX <GCGCZ", "");
    }

    @Test
    void copyInThatFails() {
        leaves(">Q <GE >X <Z", "");
        leaves(">Q <GEZ >X", "");
        leaves(">Q <GEZ >XQ <TCZ", "");
        leaves(">PBES <12GE >XS <Z", "");
        leaves(">Q <G >X <EZ", "");
    }

    @Test
    void aSyncWithinAFailedCopyMayBeAnsweredOrNot() {
        leaves(">Q <G >S <EZ >Q <Z", "QUERY");
        leaves(">Q <G >S <EZ >Q <ZTCZ", "");
        leaves(">Q <G >S <EZ >Q <TCZ", "");
    }

    @Test
    void copyDoneOutsideACopyIsIgnored() {
        leaves(">XXQX <TCZ", "");
        leaves(">X", "");
    }

    @Test
    void asynchronousMessagesAnswerNothing() {
        leaves(">P <NAS", "PARSE");
        leaves("<NASE", "");
    }

    @Test
    void answersThatCannotBeAreViolations() {
        for (String conversation : new String[] {
            "!1", "!2", "!3", "!n", "!T", "!C", "!I", "!s", "!G", ">P !2", ">B !1", ">D !C", ">E !T", ">S !1", ">P !G",
            ">Q !1"
        }) {
            leaves(conversation, "?");
        }
    }

    @Test
    void aRefusedTextThatTheServerTakesIsAViolation() {
        for (String conversation : new String[] {">p !1", ">q !T", ">q !C", ">q !I", ">q !G"}) {
            leaves(conversation, "?");
        }
        leaves(">qQ <EZ", "QUERY");
        leaves(">pS <EZ", "");
    }

    @Test
    void errorsBelongToTheMessageAtTheHead() {
        PendingRequests pending = new PendingRequests();
        assertThat(pending.onError()).isNull();
        pending.add(Request.PARSE);
        pending.add(Request.BIND);
        pending.onResponse(BackendType.PARSE_COMPLETE);
        assertThat(pending.onError()).isEqualTo(Request.BIND);
        assertThat(pending.onError()).isNull();
    }

    /** Plays a conversation and compares the kind of the message then at the head; ? when the last answer was a violation. */
    /** Of Parse, Bind and Execute the server commits nothing before Sync; a Sync before a COPY may have been ignored. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ">Q",
                ">PBES <12C",
                ">PBE <12C",
                ">QPBE <TCZ12C",
                ">S <Z >PBE <12C",
                ">Q <G >X",
                ">QSX <C",
                ">PQ <E"
            })
    void somethingIsLeftToDo(String conversation) {
        assertThat(after(conversation).isSettled()).as(conversation).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">Q <TCZ", ">Q <EZ", ">PBES <12CZ", ">PBES <EZ", ">PBEQ <12CTCZ", ">QXS <CZZ"})
    void nothingIsLeftToDo(String conversation) {
        assertThat(after(conversation).isSettled()).as(conversation).isTrue();
    }

    @Test
    void dataOfACopyMayBeThereInPart() {
        PendingRequests pending = after(">Q <TCZ");
        pending.onCopyData();
        assertThat(pending.isSettled()).isFalse();
    }

    private static void leaves(String conversation, String head) {
        PendingRequests pending = after(conversation);
        Request current = pending.current();
        if (!head.equals("?")) {
            assertThat(current == null ? "" : (current.own() ? "own " : "") + current.kind())
                    .as(conversation)
                    .isEqualTo(head);
        }
    }

    private static PendingRequests after(String conversation) {
        PendingRequests pending = new PendingRequests();
        char direction = ' ';
        for (char c : conversation.replace(" ", "").toCharArray()) {
            if (c == '>' || c == '<' || c == '!') {
                direction = c;
            } else if (direction == '>') {
                pending.add(Objects.requireNonNull(REQUESTS.get(c)));
            } else if (direction == '!') {
                assertThatThrownBy(() -> respond(pending, c)).as(conversation).isInstanceOf(ProtocolViolation.class);
            } else {
                respond(pending, c);
            }
        }
        return pending;
    }

    private static void respond(PendingRequests pending, char type) {
        if (type == 'E') {
            pending.onError();
        } else {
            pending.onResponse(Objects.requireNonNull(BackendType.find((byte) type)));
        }
    }
}
