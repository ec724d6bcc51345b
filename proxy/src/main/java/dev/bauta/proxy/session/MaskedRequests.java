package dev.bauta.proxy.session;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.wire.Describe;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.MalformedMessage;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.Query;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * The client's messages in a masked session. The session decides every text; all other messages go to the server untouched.
 * What is refused goes there too, as a text that makes the server itself raise an error (see {@link Refusals#POISON}).
 */
final class MaskedRequests implements ClientPhase {
    /** The greatest length of a message that holds a text to decide, in bytes. */
    static final int MAX_TEXT_MESSAGE = 50 * 1024 * 1024;

    private final Conversation conversation;
    private final Session session;
    private final PendingRequests pending;
    private final ErrorPositions positions;
    private final ByteBufAllocator allocator;

    MaskedRequests(Conversation conversation, Session session, PendingRequests pending, ErrorPositions positions) {
        this.conversation = conversation;
        this.session = session;
        this.pending = pending;
        this.positions = positions;
        this.allocator = conversation.client().alloc();
    }

    @Override
    public Handling onFrame(byte type, int length) {
        FrontendType known = FrontendType.find(type);
        if (known == null) {
            throw invalidType(type);
        }
        requireLength(known, length);
        switch (known) {
            case QUERY, PARSE, FUNCTION_CALL -> {
                return Handling.COLLECT;
            }
            case BIND -> pending.add(Request.BIND);
            case DESCRIBE -> pending.add(Request.DESCRIBE);
            case EXECUTE -> pending.add(Request.EXECUTE);
            case CLOSE -> pending.add(Request.CLOSE);
            case SYNC -> pending.add(Request.SYNC);
            case COPY_DONE, COPY_FAIL -> pending.add(Request.COPY_END);
            case COPY_DATA, FLUSH -> {}
            case TERMINATE -> conversation.terminating();
            case PASSWORD -> throw invalidType(type);
        }
        return Handling.FORWARD;
    }

    private static void requireLength(FrontendType type, int length) {
        boolean isText = type == FrontendType.QUERY || type == FrontendType.PARSE || type == FrontendType.FUNCTION_CALL;
        if (length > (isText ? MAX_TEXT_MESSAGE : type.maxLength())) {
            throw new ProtocolViolation("invalid message length");
        }
    }

    private static ProtocolViolation invalidType(byte type) {
        return new ProtocolViolation("invalid frontend message type " + (type & 0xFF));
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toServer(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            if (type == FrontendType.PARSE.code()) {
                onParse(frame);
            } else if (type == FrontendType.QUERY.code()) {
                onQuery(frame);
            } else {
                onFunctionCall();
            }
        } finally {
            frame.release();
        }
    }

    private void onQuery(ByteBuf frame) {
        try {
            onQuery(Query.decode(frame), frame);
        } catch (MalformedMessage e) {
            refuseQuery(e.toErrorResponse());
        }
    }

    private void onQuery(Query query, ByteBuf frame) {
        Decision decision = decide(query.text());
        if (decision instanceof Decision.Rewrite rewrite) {
            pending.add(Request.rewritten(Kind.QUERY, rewrite.positions()));
            conversation.toServer(new Query(rewrite.text()).encode(allocator));
        } else if (decision instanceof Decision.Refuse refuse) {
            refuseQuery(Refusals.toError(refuse.refusal(), query.text()));
        } else {
            pending.add(Request.QUERY);
            conversation.toServer(frame.retain());
        }
    }

    private void refuseQuery(ErrorResponse error) {
        pending.add(Request.refused(Kind.QUERY, error));
        conversation.toServer(new Query(Refusals.POISON).encode(allocator));
    }

    private void onParse(ByteBuf frame) {
        try {
            onParse(Parse.decode(frame), frame);
        } catch (MalformedMessage e) {
            refuseParse("", e.toErrorResponse());
        }
    }

    private void onParse(Parse parse, ByteBuf frame) {
        Decision decision = decide(parse.text());
        if (decision instanceof Decision.Rewrite rewrite) {
            pending.add(Request.rewritten(Kind.PARSE, rewrite.positions()));
            positions.rewrotePreparedStatement();
            conversation.toServer(parse.withText(rewrite.text()).encode(allocator));
            guard(parse);
        } else if (decision instanceof Decision.Refuse refuse) {
            refuseParse(parse.name(), Refusals.toError(refuse.refusal(), parse.text()));
        } else {
            pending.add(Request.PARSE);
            conversation.toServer(frame.retain());
            guard(parse);
        }
    }

    /** A client need not ask for the RowDescription before it executes; the result guard needs it all the same. */
    private void guard(Parse parse) {
        pending.add(Request.GUARD);
        conversation.toServer(new Describe(parse.name()).encode(allocator));
    }

    private void refuseParse(String name, ErrorResponse error) {
        pending.add(Request.refused(Kind.PARSE, error));
        conversation.toServer(new Parse(name, Refusals.POISON, List.of()).encode(allocator));
    }

    /** A function call has no skip to Sync: after the error comes ReadyForQuery, as after a Query. */
    private void onFunctionCall() {
        if (session.decideFeature("FunctionCall") instanceof Decision.Refuse refuse) {
            refuseQuery(Refusals.toError(refuse.refusal(), ""));
        } else {
            throw new IllegalStateException("a masked session allows a function call");
        }
    }

    private Decision decide(String text) {
        Decision decision = session.decide(text);
        if (session.changedCatalog()) {
            pending.expectCatalogChange();
        }
        return decision;
    }
}
