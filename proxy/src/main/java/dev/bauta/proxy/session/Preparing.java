package dev.bauta.proxy.session;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Held;
import dev.bauta.engine.HeldNames;
import dev.bauta.engine.Session;
import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the server prepare statements, once and anew, and keeps in the session's books what it can hold by them. Event loop only. */
final class Preparing {
    /** Names what is prepared only to see whether the server takes it. */
    static final String TRIAL_NAME = HeldNames.OWN + "trial";

    private final Conversation conversation;
    private final Session session;
    private final HeldNames statements;
    private final PendingRequests pending;
    private final ErrorPositions positions;
    private final UnnamedStatement unnamed;
    private final ByteBufAllocator allocator;
    private final @Nullable StatementTrail trail;

    Preparing(
            Conversation conversation,
            Session session,
            PendingRequests pending,
            ErrorPositions positions,
            UnnamedStatement unnamed) {
        this.conversation = conversation;
        this.session = session;
        this.statements = session.statements();
        this.pending = pending;
        this.positions = positions;
        this.unnamed = unnamed;
        this.allocator = conversation.client().alloc();
        this.trail = conversation.trail();
    }

    /** Tells the unnamed statement what has become of a request that changes it. */
    Request following(UnnamedStatement.State state, Request request) {
        return request.also(() -> unnamed.answered(state), () -> unnamed.failed(state), () -> unnamed.skipped(state));
    }

    /** The text of a Parse message was just decided. */
    PreparedText prepared(Parse parse) {
        return new PreparedText(parse, session.decided());
    }

    /** A text goes to the server by this request. */
    Request holding(PreparedText prepared, Request request) {
        String name = prepared.parse().shortName();
        statements.add(name, prepared);
        Request held = request.then(() -> statements.settle(name, prepared))
                .otherwise(() -> statements.remove(name, List.of(prepared)));
        if (name.isEmpty()) {
            return following(unnamed.send(prepared), held);
        }
        return request.kept() == null ? held : following(unnamed.current(), held);
    }

    /**
     * Prepares a statement as it would be decided now; empty when it may not be used, of which the client will be told.
     *
     * @param held all that can stand behind its name
     */
    List<Held> prepareAnew(List<Held> held) {
        if (held.get(0) instanceof PreparedText prepared && held.stream().allMatch(other -> isSame(other, prepared))) {
            return prepareAnew(prepared.parse());
        }
        refuse(Refusals.OUTDATED);
        return List.of();
    }

    private static boolean isSame(Held held, PreparedText prepared) {
        return held instanceof PreparedText other && other.parse().equals(prepared.parse());
    }

    /** The same of what the client has sent. */
    List<Held> prepareAnew(Parse parse) {
        Decision decision = session.decide(parse.text(), parse.parameterTypes());
        if (decision instanceof Decision.Refuse refuse) {
            refuse(Refusals.toError(refuse.refusal(), "").withoutPosition());
            return List.of();
        }
        PreparedText prepared = prepared(parse);
        Parse anew = decision instanceof Decision.Rewrite rewrite ? parse.withText(rewrite.text()) : parse;
        positions.rewrotePreparedStatement();
        send(Request.PARSE, anew.withName(TRIAL_NAME).encode(allocator));
        send(Request.CLOSE, Target.statement(TRIAL_NAME).encodeClose(allocator));
        send(Request.CLOSE, Target.statement(parse.name()).encodeClose(allocator));
        Watched parsed = trail == null ? null : trail.parse(parse.shortName(), trail.decided(decision));
        Request request = holding(prepared, Request.PARSE).onFailure(() -> {});
        send(request.watched(parsed), anew.encode(allocator));
        guard(prepared);
        return List.of(prepared);
    }

    /**
     * A client need not ask for the RowDescription before it executes; the result guard needs it all the same. What it has not seen is
     * prepared anew before it is used.
     */
    void guard(PreparedText prepared) {
        String name = prepared.parse().shortName();
        Target target = Target.statement(prepared.parse().name());
        send(
                Request.DESCRIBE
                        .about(prepared)
                        .otherwise(() -> statements.replace(name, prepared, prepared.outdated()))
                        .watched(trail == null ? null : trail.describe(target)),
                target.encodeDescribe(allocator));
    }

    /** Sends a message of our own. */
    void send(Request request, ByteBuf message) {
        pending.add(request.asOwn());
        conversation.toServer(message);
    }

    /** Has the server raise an error, as for a Parse that is refused. */
    void refuse(ErrorResponse error) {
        pending.add(Request.refused(Kind.PARSE, error));
        conversation.toServer(new Parse(Refusals.POISON_NAME, Refusals.POISON, List.of()).encode(allocator));
    }
}
