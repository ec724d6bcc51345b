package dev.bauta.proxy.session;

import dev.bauta.engine.Decision;
import dev.bauta.engine.HeldNames;
import dev.bauta.engine.KeyLookup;
import dev.bauta.engine.Session;
import dev.bauta.proxy.session.Request.Kind;
import dev.bauta.proxy.trail.Execution.Outcome;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.trail.Watched;
import dev.bauta.proxy.wire.BoundQuery;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.MalformedMessage;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.ProtocolViolation;
import dev.bauta.proxy.wire.Query;
import dev.bauta.proxy.wire.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages in a masked session. The session decides every text, and what takes up an earlier one must still be
 * decided the same; all other messages go to the server untouched.
 * What is refused goes there too, as a text that makes the server itself raise an error (see {@link Refusals#POISON}).
 */
final class MaskedRequests implements ClientPhase {
    /** The greatest length of a message that holds a text to decide, in bytes. A longer one is not kept, and refused. */
    static final int MAX_TEXT_MESSAGE = 16 * 1024 * 1024;

    /** The length of a message without content. */
    private static final int EMPTY = 4;

    /** A Bind message with values beyond that is not kept until it is whole, only until its names are known, in bytes. */
    private static final int MAX_COLLECTED_BIND = 1024 * 1024;

    private final Conversation conversation;
    private final Session session;
    private final PendingRequests pending;
    private final ErrorPositions positions;
    private final KeptStatements kept;
    private final HeldRequests held;
    private final Preparing preparing;
    private final ByteBufAllocator allocator;
    private final @Nullable StatementTrail trail;
    /** What is to be done about the Query that was decided last, where it does not pass. */
    private Runnable decided = MaskedRequests::undecided;

    MaskedRequests(
            Conversation conversation,
            Session session,
            PendingRequests pending,
            ErrorPositions positions,
            KeptStatements kept) {
        this.conversation = conversation;
        this.session = session;
        this.pending = pending;
        this.positions = positions;
        this.kept = kept;
        this.held = new HeldRequests(conversation, session, pending, positions, kept);
        this.preparing = held.preparing();
        this.allocator = conversation.client().alloc();
        this.trail = conversation.trail();
    }

    /** Whatever is decided, or decided anew, is by what the catalogs say now. */
    @Override
    public void onNext(byte type) {
        conversation.backPressure().limitUnanswered();
        if (decides(FrontendType.find(type)) && conversation.catalog().isUnfit()) {
            conversation.catalog().holdClient(() -> {});
        }
    }

    private static boolean decides(@Nullable FrontendType type) {
        return type == FrontendType.QUERY
                || type == FrontendType.PARSE
                || type == FrontendType.BIND
                || type == FrontendType.DESCRIBE
                || type == FrontendType.EXECUTE;
    }

    @Override
    public Handling onFrame(byte type, int length) {
        FrontendType known = requireKnown(type);
        requireLength(known, length);
        conversation.reviewRole();
        conversation.requireAdmission();
        if (takesUp(known) && pending.isSkippingToSync()) {
            return Handling.DROP;
        }
        if (known != FrontendType.SYNC || !pending.isCopyingIn()) {
            conversation.activity().onMessage(known);
        }
        if (known != FrontendType.BIND || length > MAX_COLLECTED_BIND) {
            sendHeldBack();
        }
        switch (known) {
            case QUERY, FUNCTION_CALL -> {
                return length <= MAX_TEXT_MESSAGE ? Handling.COLLECT : Handling.DROP;
            }
            case PARSE -> {
                return length <= MAX_TEXT_MESSAGE ? Handling.COLLECT : Handling.DROP;
            }
            case DESCRIBE, EXECUTE, CLOSE -> {
                return Handling.COLLECT;
            }
            case BIND -> {
                return length <= MAX_COLLECTED_BIND ? Handling.COLLECT : Handling.PEEK;
            }
            case SYNC -> {
                if (pending.isCopyingIn()) {
                    return Handling.DROP;
                }
                held.onSync();
                pending.add(Request.SYNC);
            }
            case COPY_DONE, COPY_FAIL -> {
                pending.add(Request.COPY_END);
            }
            case FLUSH -> requireEmpty(length);
            case COPY_DATA -> pending.onCopyData();
            case TERMINATE -> conversation.terminating();
            case PASSWORD -> throw invalidType(type);
        }
        return Handling.FORWARD;
    }

    /** What the server skips after an error need not be held against what it may hold, nor reach it. */
    private static boolean takesUp(FrontendType type) {
        return type == FrontendType.BIND || type == FrontendType.DESCRIBE || type == FrontendType.EXECUTE;
    }

    private static FrontendType requireKnown(byte type) {
        FrontendType known = FrontendType.find(type);
        if (known == null) {
            throw invalidType(type);
        }
        return known;
    }

    private static void requireLength(FrontendType type, int length) {
        if (length > type.maxLength()) {
            throw new ProtocolViolation("invalid message length");
        }
    }

    /** The server would answer with an error, which belongs to no message that is waited for. */
    static void requireEmpty(int length) {
        if (length > EMPTY) {
            throw new ProtocolViolation("invalid message format");
        }
    }

    private static ProtocolViolation invalidType(byte type) {
        return new ProtocolViolation("invalid frontend message type " + (type & 0xFF));
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.forwardToServer(bytes);
    }

    @Override
    public Handling onBeginning(byte type, ByteBuf beginning) {
        return held.passesBeginning(beginning) ? Handling.FORWARD : Handling.DROP;
    }

    @Override
    public void onDropped(byte type) {
        ErrorResponse error = ErrorResponse.of(
                        "ERROR", "54000", "the statement is longer than " + MAX_TEXT_MESSAGE + " bytes")
                .withHint("Send the values as parameters, or by COPY.");
        switch (requireKnown(type)) {
            case PARSE -> refuseUnreadParse(error);
            case QUERY, FUNCTION_CALL -> refuseUnread(error);
            default -> {}
        }
    }

    @Override
    public boolean passes(byte type, ByteBuf frame) {
        FrontendType known = requireKnown(type);
        return switch (known) {
            case QUERY -> passesQuery(frame);
            case BIND, DESCRIBE, EXECUTE, CLOSE -> held.passes(known, frame);
            default -> false;
        };
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        FrontendType known = requireKnown(type);
        try {
            if (held.mustWait(known, frame)) {
                wait(known, Unpooled.copiedBuffer(frame));
            } else {
                onMessage(known, frame);
            }
        } finally {
            frame.release();
        }
    }

    private void wait(FrontendType type, ByteBuf frame) {
        conversation.holdClient();
        pending.await(() -> conversation.catalog().whenFit(() -> {
            onMessage(type, frame);
            conversation.releaseClient();
        }));
    }

    private void onMessage(FrontendType known, ByteBuf frame) {
        switch (known) {
            case QUERY -> onDecidedQuery();
            case PARSE -> onParse(frame);
            case BIND -> {
                if (!held.takesUpHeldBack(frame)) {
                    sendHeldBack();
                }
                held.takeUp(known, frame);
            }
            case DESCRIBE, EXECUTE, CLOSE -> held.takeUp(known, frame);
            case FUNCTION_CALL -> onFunctionCall();
            default -> throw invalidType(known.code());
        }
    }

    private boolean passesQuery(ByteBuf frame) {
        try {
            held.onQuery();
            Query query = Query.decode(frame);
            boolean synced = pending.isSynced();
            Decision decision = decide(query.text(), List.of());
            KeyLookup lookup = synced && !kept.isDisabled() && !held.hasPreparedUnnamed() ? session.keyLookup() : null;
            KeptStatement ready = lookup == null || lookup.takesParameters() ? null : kept.use(lookup);
            if (lookup != null && ready != null) {
                decided = () -> run(ready, lookup, query, decision);
            } else if (decision instanceof Decision.Pass) {
                pending.add(held.dropping(Request.QUERY).watched(query(decision)));
                return true;
            } else {
                decided = () -> send(query, decision);
            }
        } catch (MalformedMessage e) {
            decided = () -> refuseUnread(e.toErrorResponse());
        }
        return false;
    }

    /** Has the server run what it holds, or is to hold from now on, in the stead of a Query. */
    private void run(KeptStatement statement, KeyLookup lookup, Query query, Decision decision) {
        boolean inTransaction = !pending.isEmpty() || conversation.activity().isInTransaction();
        List<Target> closed = inTransaction ? List.of(Target.UNNAMED_PORTAL) : List.of();
        pending.add(Request.keptQuery(statement, () -> lookup.prepared().positions())
                .otherwise(() -> sendAgain(query))
                .watched(query(decision)));
        for (String name : kept.takeUnwanted()) {
            conversation.toServer(Target.statement(name).encodeClose(allocator));
        }
        if (!statement.isPrepared()) {
            statement.asked();
            Parse parse = new Parse(statement.name(), lookup.prepared().text(), lookup.types());
            conversation.toServer(parse.encode(allocator));
        }
        conversation.toServer(new BoundQuery(statement.name(), lookup.values(), closed).encode(allocator));
    }

    /** What was to be run in its stead could not be. */
    private void sendAgain(Query query) {
        Decision decision = decide(query.text(), List.of());
        if (decision instanceof Decision.Pass) {
            pending.add(Request.QUERY.watched(query(decision)));
            conversation.toServer(query.encode(allocator));
        } else {
            send(query, decision);
        }
    }

    private void onDecidedQuery() {
        Runnable sending = decided;
        decided = MaskedRequests::undecided;
        sending.run();
    }

    private static void undecided() {
        throw new IllegalStateException("a Query that was not decided");
    }

    private void send(Query query, Decision decision) {
        if (decision instanceof Decision.Rewrite rewrite) {
            pending.add(held.dropping(Request.rewritten(Kind.QUERY, rewrite::positions))
                    .watched(query(decision)));
            conversation.toServer(new Query(rewrite.text()).encode(allocator));
        } else if (decision instanceof Decision.Refuse refuse) {
            refuseQuery(Refusals.toError(refuse.refusal(), query.text()), query(decision));
        } else {
            throw new IllegalStateException("a statement that passes was taken out");
        }
    }

    private @Nullable Watched query(Decision decision) {
        return trail == null ? null : trail.query(trail.decided(decision));
    }

    private void refuseUnread(ErrorResponse error) {
        refuseQuery(error, trail == null ? null : trail.query(trail.unread(Outcome.REFUSE)));
    }

    private void refuseQuery(ErrorResponse error, @Nullable Watched watched) {
        pending.add(held.dropping(Request.refused(Kind.QUERY, error)).watched(watched));
        conversation.toServer(new Query(Refusals.POISON).encode(allocator));
    }

    private void onParse(ByteBuf frame) {
        try {
            onParse(Parse.decode(frame));
        } catch (MalformedMessage e) {
            refuseUnreadParse(e.toErrorResponse());
        }
    }

    private void onParse(Parse parse) {
        if (HeldNames.isOwn(parse.name())) {
            refuseUnreadParse(Refusals.OWN_NAME);
        } else if (!parse.name().isEmpty()) {
            prepare(parse, decideParse(parse), null);
        } else if (!held.holdsBack(parse)) {
            Decision decision = decideParse(parse);
            KeptStatement standIn = decision instanceof Decision.Refuse ? null : held.standIn(parse);
            prepare(standIn == null ? parse : parse.withName(standIn.name()), decision, standIn);
        }
    }

    /** What was held back is not what the client goes on with. */
    private void sendHeldBack() {
        Parse parse = held.takeHeldBack();
        if (parse != null) {
            prepare(parse, decideParse(parse), null);
        }
    }

    /** When the statement will be run, if ever, is not known. */
    private Decision decideParse(Parse parse) {
        Decision decision = decide(parse.text(), parse.parameterTypes());
        if (session.dropsStatements()) {
            kept.disable();
        }
        return decision;
    }

    private void prepare(Parse parse, Decision decision, @Nullable KeptStatement standIn) {
        if (decision instanceof Decision.Refuse refuse) {
            refuseParse(parse.name(), Refusals.toError(refuse.refusal(), parse.text()), parse(parse, decision));
            return;
        }
        PreparedText prepared = preparing.prepared(parse);
        if (decision instanceof Decision.Rewrite rewrite) {
            pending.add(preparing
                    .holding(
                            prepared,
                            Request.rewritten(Kind.PARSE, rewrite::positions).of(standIn))
                    .watched(parse(parse, decision)));
            positions.rewrotePreparedStatement();
            conversation.toServer(parse.withText(rewrite.text()).encode(allocator));
        } else {
            pending.add(preparing.holding(prepared, Request.PARSE.of(standIn)).watched(parse(parse, decision)));
            conversation.toServer(parse.encode(allocator));
        }
        preparing.guard(prepared);
    }

    private @Nullable Watched parse(Parse parse, Decision decision) {
        return trail == null ? null : trail.parse(parse.shortName(), trail.decided(decision));
    }

    private void refuseUnreadParse(ErrorResponse error) {
        refuseParse("", error, trail == null ? null : trail.parse("", trail.unread(Outcome.REFUSE)));
    }

    private void refuseParse(String name, ErrorResponse error, @Nullable Watched watched) {
        Request refused = Request.refused(Kind.PARSE, error);
        pending.add((name.isEmpty() ? held.refusedUnnamed(refused) : refused).watched(watched));
        conversation.toServer(new Parse(name, Refusals.POISON, List.of()).encode(allocator));
    }

    /** A function call has no skip to Sync: after the error comes ReadyForQuery, as after a Query. */
    private void onFunctionCall() {
        Decision decision = session.decideFeature("FunctionCall");
        if (decision instanceof Decision.Refuse refuse) {
            refuseQuery(Refusals.toError(refuse.refusal(), ""), query(decision));
        } else {
            throw new IllegalStateException("a masked session allows a function call");
        }
    }

    private Decision decide(String text, List<Integer> parameterTypes) {
        Decision decision = trail == null ? session.decide(text, parameterTypes) : trail.decide(text, parameterTypes);
        if (session.dropsStatements()) {
            kept.clear();
            session.statements().removeOwn();
        }
        return decision;
    }
}
