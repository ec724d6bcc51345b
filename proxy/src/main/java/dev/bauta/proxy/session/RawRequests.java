package dev.bauta.proxy.session;

import dev.bauta.engine.Decision;
import dev.bauta.engine.Session;
import dev.bauta.proxy.trail.Execution.Outcome;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.Bind;
import dev.bauta.proxy.wire.Execute;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.KnownNames;
import dev.bauta.proxy.wire.MalformedMessage;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.Query;
import dev.bauta.proxy.wire.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages in a raw session: all go to the server, which judges them itself, but for {@code EXPLAIN (MASKING)}, which it
 * does not know. Where somebody watches, texts and names are read in passing.
 */
final class RawRequests implements ClientPhase {
    /** The greatest length of a message in which EXPLAIN (MASKING) is looked for, in bytes; others are not kept for that. */
    private static final int MAX_EXPLAINED = 8192;

    /** Statements that give no rows, changes of the schema above all: what is recorded of them can be told by older catalogs. */
    private static final Pattern WITHOUT_ROWS = Pattern.compile(
            "\\s*(?:create|alter|drop|comment|grant|revoke|begin|start|commit|end|rollback|set)\\b(?!.*\\bas\\b)[^;]*+;?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final byte[] MASKING = {'m', 'a', 's', 'k', 'i', 'n', 'g'};
    /** What makes a letter of ASCII a small one. */
    private static final int SMALL = 0x20;

    private final Conversation conversation;
    private final Session session;
    private final PendingRequests pending;
    private final KnownNames statementNames = new KnownNames();
    private final @Nullable StatementTrail trail;
    /** True when the message that is taken out waits for the catalogs, by which it is recorded. */
    private boolean late;

    /** @param pending follows the requests where somebody watches */
    RawRequests(Conversation conversation, Session session, PendingRequests pending) {
        this.conversation = conversation;
        this.session = session;
        this.pending = pending;
        this.trail = conversation.trail();
    }

    @Override
    public void onNext(byte type) {
        conversation.backPressure().limitUnanswered();
        if (conversation.catalog().isTooOldForRole(session.principal())) {
            conversation.catalog().holdClient(() -> {});
        }
    }

    @Override
    public Handling onFrame(byte type, int length) {
        conversation.reviewRole();
        FrontendType known = FrontendType.find(type);
        if (known == FrontendType.TERMINATE) {
            conversation.terminating();
        } else if (known != null) {
            conversation.activity().onMessage(known);
        }
        if (trail != null) {
            return watch(known, length, trail);
        }
        return isText(known) && length <= MAX_EXPLAINED ? Handling.COLLECT : Handling.FORWARD;
    }

    private static boolean isText(@Nullable FrontendType type) {
        return type == FrontendType.QUERY || type == FrontendType.PARSE;
    }

    private Handling watch(@Nullable FrontendType type, int length, StatementTrail watching) {
        conversation.requireAdmission();
        if (type == null) {
            return Handling.FORWARD;
        }
        boolean whole = length <= MaskedRequests.MAX_TEXT_MESSAGE;
        switch (type) {
            case QUERY, PARSE, BIND, DESCRIBE, EXECUTE, CLOSE -> {
                if (whole) {
                    return Handling.COLLECT;
                }
                pending.add(toUnread(type, watching));
            }
            case FUNCTION_CALL -> pending.add(toUnread(type, watching));
            case SYNC -> pending.add(Request.SYNC);
            case COPY_DONE, COPY_FAIL -> pending.add(Request.COPY_END);
            case FLUSH -> MaskedRequests.requireEmpty(length);
            case COPY_DATA, TERMINATE, PASSWORD -> {}
        }
        return Handling.FORWARD;
    }

    private static Request toUnread(FrontendType type, StatementTrail watching) {
        return switch (type) {
            case PARSE -> Request.PARSE.watched(watching.unreadParse());
            case BIND -> Request.BIND.watched(watching.unreadBind());
            case DESCRIBE -> Request.DESCRIBE;
            case EXECUTE -> Request.EXECUTE;
            case CLOSE -> Request.CLOSE;
            default -> Request.QUERY.watched(watching.query(watching.unread(Outcome.PASS)));
        };
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.forwardToServer(bytes);
    }

    @Override
    public boolean passes(byte type, ByteBuf frame) {
        FrontendType known = FrontendType.find(type);
        late = trail != null && isText(known) && conversation.catalog().isStale() && !givesNoRows(type, frame);
        return !late && passes(known, frame);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        if (late) {
            late = false;
            ByteBuf held = Unpooled.copiedBuffer(frame);
            frame.release();
            conversation.catalog().holdClient(() -> send(type, held));
        } else {
            conversation.toServer(explained(frame, type == FrontendType.QUERY.code()));
        }
    }

    private void send(byte type, ByteBuf frame) {
        boolean goesOn = passes(FrontendType.find(type), frame);
        conversation.toServer(goesOn ? frame : explained(frame, type == FrontendType.QUERY.code()));
    }

    private static boolean givesNoRows(byte type, ByteBuf frame) {
        try {
            String text = type == FrontendType.QUERY.code()
                    ? Query.decode(frame).text()
                    : Parse.decode(frame).text();
            return WITHOUT_ROWS.matcher(text).matches();
        } catch (MalformedMessage e) {
            // The server answers such a message with an error.
            return true;
        }
    }

    private boolean passes(@Nullable FrontendType type, ByteBuf frame) {
        if (type != null && trail != null) {
            pending.add(read(type, frame, trail));
        }
        return !(isText(type) && frame.readableBytes() <= MAX_EXPLAINED && mentionsMasking(frame));
    }

    /** Letters of ASCII are the same bytes in every encoding of clients that matters here: all else is left to the server. */
    private static boolean mentionsMasking(ByteBuf frame) {
        int last = frame.writerIndex() - MASKING.length;
        for (int from = frame.readerIndex(); from <= last; from++) {
            int i = 0;
            while (i < MASKING.length && (frame.getByte(from + i) | SMALL) == MASKING[i]) {
                i++;
            }
            if (i == MASKING.length) {
                return true;
            }
        }
        return false;
    }

    /** The message with answers in the place of EXPLAIN (MASKING), or as it is where there is none. */
    private ByteBuf explained(ByteBuf frame, boolean query) {
        try {
            Parse parse = query ? new Parse("", Query.decode(frame).text(), List.of()) : Parse.decode(frame);
            if (!(session.decide(parse.text(), parse.parameterTypes()) instanceof Decision.Rewrite rewrite)) {
                return frame;
            }
            ByteBufAllocator allocator = conversation.client().alloc();
            ByteBuf other = query
                    ? new Query(rewrite.text()).encode(allocator)
                    : parse.withText(rewrite.text()).encode(allocator);
            frame.release();
            return other;
        } catch (MalformedMessage e) {
            // The server answers such a message with an error.
            return frame;
        }
    }

    private Request read(FrontendType type, ByteBuf frame, StatementTrail watching) {
        try {
            return switch (type) {
                case QUERY -> Request.QUERY.watched(query(Query.decodeAny(frame), watching));
                case PARSE -> Request.PARSE.watched(parse(Parse.decodeAny(frame), watching));
                case BIND -> {
                    Bind bind = Bind.decode(frame, statementNames);
                    yield Request.BIND.watched(watching.bind(bind.portal(), bind.statement()));
                }
                case EXECUTE ->
                    Request.EXECUTE.watched(
                            watching.execute(Execute.decode(frame).portal()));
                case DESCRIBE -> Request.DESCRIBE.watched(watching.describe(Target.decode(frame)));
                case CLOSE -> Request.CLOSE.watched(watching.close(Target.decode(frame)));
                default -> throw new IllegalStateException("a message that is not read: " + type);
            };
        } catch (MalformedMessage e) {
            // The server answers such a message with an error.
            return toUnread(type, watching);
        }
    }

    private static Watched query(Query query, StatementTrail watching) {
        Decision decision = watching.decide(query.text(), List.of());
        return watching.query(watching.decided(decision));
    }

    private static Watched parse(Parse parse, StatementTrail watching) {
        Decision decision = watching.decide(parse.text(), parse.parameterTypes());
        return watching.parse(parse.name(), watching.decided(decision));
    }
}
