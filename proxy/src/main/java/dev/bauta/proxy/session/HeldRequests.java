package dev.bauta.proxy.session;

import dev.bauta.engine.Held;
import dev.bauta.engine.HeldNames;
import dev.bauta.engine.KeyLookup;
import dev.bauta.engine.Session;
import dev.bauta.proxy.trail.StatementTrail;
import dev.bauta.proxy.wire.Bind;
import dev.bauta.proxy.wire.Execute;
import dev.bauta.proxy.wire.FrontendType;
import dev.bauta.proxy.wire.KnownNames;
import dev.bauta.proxy.wire.MalformedMessage;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that take up what was prepared before: Bind, Describe, Execute, Close. Where rules or catalogs have changed so
 * that a prepared statement would be decided otherwise by now, it is prepared anew under its name, before its next use; a
 * portal cannot be, and is refused.
 *
 * <pre>
 *   client   Bind s                                                        Execute
 *   server   Parse t' (new text)  Close t'  Close s  Parse s (new text)  Describe s  Bind s  Execute
 * </pre>
 *
 * The first Parse fails where the transaction has failed, and then everything is skipped and {@code s} is still there.
 */
final class HeldRequests {
    private final Conversation conversation;
    private final Session session;
    private final HeldNames statements;
    private final HeldNames portals;
    private final PendingRequests pending;
    private final KeptStatements kept;
    private final UnnamedStatement unnamed = new UnnamedStatement();
    private final UnnamedPortal unnamedPortal = new UnnamedPortal();
    private final Preparing preparing;
    private final KnownNames statementNames = new KnownNames();
    private final ByteBufAllocator allocator;
    private final @Nullable StatementTrail trail;

    HeldRequests(
            Conversation conversation,
            Session session,
            PendingRequests pending,
            ErrorPositions positions,
            KeptStatements kept) {
        this.conversation = conversation;
        this.session = session;
        this.statements = session.statements();
        this.portals = session.portals();
        this.pending = pending;
        this.kept = kept;
        this.preparing = new Preparing(conversation, session, pending, positions, unnamed);
        this.allocator = conversation.client().alloc();
        this.trail = conversation.trail();
    }

    /** How the server is had to prepare statements. */
    Preparing preparing() {
        return preparing;
    }

    // ---- the unnamed statement

    /** True once the client has prepared the unnamed statement, which can still be there. */
    boolean hasPreparedUnnamed() {
        return unnamed.wasPrepared();
    }

    /** The client sends a Query: the server drops the unnamed statement, and opens a portal for itself. */
    void onQuery() {
        unnamed.drop();
        unnamedPortal.onQuery();
    }

    /** The server drops the unnamed statement by this request, a Query; one that fails can have failed before. */
    Request dropping(Request request) {
        if (!unnamed.wasPrepared()) {
            return request;
        }
        List<Held> dropped = statements.of("");
        PreparedText gone = unnamed.sent();
        return preparing.following(unnamed.current(), request.then(() -> {
            statements.remove("", dropped);
            unnamed.closed(gone);
        }));
    }

    /** The client sends a Sync. */
    void onSync() {
        unnamed.onSync();
        unnamedPortal.onSync();
    }

    /**
     * An unnamed Parse of which the server holds the very statement need not be sent if a Bind follows that takes it up.
     *
     * @return false when it is to be decided and sent
     */
    boolean holdsBack(Parse parse) {
        unnamed.prepared();
        KeptStatement known = kept.find(parse);
        // Of a transaction that has failed a Parse tells before anything else is looked at.
        boolean mayFail = conversation.activity().mayBeInFailedTransaction();
        if (known == null || !known.isPrepared() || mayFail || !mayRepeat(known)) {
            return false;
        }
        known.use();
        unnamed.holdBack(parse, known);
        return true;
    }

    private boolean mayRepeat(KeptStatement known) {
        List<Held> held = statements.of(known.name());
        return held.size() == 1
                && held.get(0) instanceof PreparedText prepared
                && session.mayRepeat(prepared.decided());
    }

    /** The Parse that was held back, once; null when there is none. */
    @Nullable
    Parse takeHeldBack() {
        return unnamed.takeHeldBack();
    }

    /** False when there is a Parse held back that the server needs before this Bind. */
    boolean takesUpHeldBack(ByteBuf bind) {
        try {
            return Bind.decode(bind, statementNames).statement().isEmpty() && unnamed.standIn() != null;
        } catch (MalformedMessage e) {
            return false;
        }
    }

    /**
     * An unnamed Parse was decided.
     *
     * @return what the server should prepare from now on in its stead; null where it is to be sent as it is
     */
    @Nullable
    KeptStatement standIn(Parse parse) {
        KeyLookup lookup = kept.isDisabled() ? null : session.keyLookup();
        KeptStatement standIn = lookup == null ? null : kept.use(parse, lookup.ground());
        if (standIn == null || standIn.isPrepared()) {
            return null;
        }
        for (String name : kept.takeUnwanted()) {
            List<Held> closed = statements.of(name);
            preparing.send(
                    Request.CLOSE.then(() -> statements.remove(name, closed)),
                    Target.statement(name).encodeClose(allocator));
        }
        closeUnnamed();
        standIn.asked();
        unnamed.standIn(parse, standIn);
        return standIn;
    }

    /** Whatever becomes of a Parse, the unnamed statement that was there before is gone; one that is skipped leaves it. */
    private void closeUnnamed() {
        if (unnamed.sent() != null) {
            Target target = Target.statement("");
            preparing.send(closing(target), target.encodeClose(allocator));
        }
    }

    /** An unnamed Parse is not sent as the client has sent it. */
    Request refusedUnnamed(Request request) {
        return preparing.following(unnamed.drop(), request);
    }

    /** The unnamed statement is the client's own again, since a message is to come that cannot be led to what stands in for it. */
    private boolean restoreUnnamed() {
        Parse parse = unnamed.replaced();
        return parse == null || !preparing.prepareAnew(parse).isEmpty();
    }

    /**
     * A message that takes up what was prepared before.
     *
     * @return false when it cannot go on as it is, and must be {@link #takeUp taken up}
     */
    boolean passes(FrontendType type, ByteBuf frame) {
        try {
            return switch (type) {
                case BIND -> passes(Bind.decode(frame, statementNames));
                case DESCRIBE -> passes(Target.decode(frame));
                case EXECUTE -> passes(Execute.decode(frame));
                case CLOSE -> passesClose(Target.decode(frame));
                default -> throw new IllegalStateException("a message that takes up nothing: " + type);
            };
        } catch (MalformedMessage e) {
            // The server answers it with an error, if it has what comes before.
            boolean direct = !unnamed.isHeldBack();
            if (direct) {
                pending.add(toRequest(type));
            }
            return direct;
        }
    }

    private static Request toRequest(FrontendType type) {
        return switch (type) {
            case BIND -> Request.BIND;
            case DESCRIBE -> Request.DESCRIBE;
            case EXECUTE -> Request.EXECUTE;
            case CLOSE -> Request.CLOSE;
            default -> throw new IllegalStateException("a message that takes up nothing: " + type);
        };
    }

    private boolean passes(Bind bind) {
        boolean direct = bind.statement().isEmpty() ? !unnamed.mayBeReplaced() : !unnamed.isHeldBack();
        if (!direct || HeldNames.isOwn(bind.statement())) {
            return false;
        }
        List<Held> prepared = statements(bind.statement());
        if (!HeldNames.areCurrent(prepared)) {
            return false;
        }
        bind(bind, prepared, null);
        return true;
    }

    /** Of a name without letters all is known that can stand behind it: SQL cannot say it. */
    private boolean isStatementCurrent(String name) {
        return statements.isCurrentSince(name.isEmpty() ? unnamed.asked() : null, name);
    }

    private List<Held> statements(String name) {
        return statements.since(name.isEmpty() ? unnamed.asked() : null, name);
    }

    private boolean isPortalCurrent(String name) {
        return portals.isCurrentSince(name.isEmpty() ? unnamedPortal.asked() : null, name);
    }

    private List<Held> portals(String name) {
        return portals.since(name.isEmpty() ? unnamedPortal.asked() : null, name);
    }

    /** @param held what the prepared statement's name stands for */
    private void bind(Bind bind, List<Held> held, @Nullable KeptStatement standIn) {
        OpenPortal portal = held.isEmpty() ? OpenPortal.UNKNOWN : OpenPortal.on(held);
        pending.add(Request.bind(
                portal,
                opening(bind.portal(), portal),
                standIn,
                trail == null ? null : trail.bind(bind.portal(), bind.statement())));
    }

    private boolean passes(Target described) {
        boolean current =
                described.isStatement() ? isStatementCurrent(described.name()) : isPortalCurrent(described.name());
        if (isOwnOrReplaced(described) || !current) {
            return false;
        }
        describe(described);
        return true;
    }

    private boolean isOwnOrReplaced(Target target) {
        boolean replaced = target.name().isEmpty() && unnamed.mayBeReplaced();
        return target.isStatement() && (replaced || HeldNames.isOwn(target.name()));
    }

    private void describe(Target target) {
        pending.add(Request.DESCRIBE.watched(trail == null ? null : trail.describe(target)));
    }

    private boolean passes(Execute execute) {
        if (isDoubtful(execute) || !isPortalCurrent(execute.portal())) {
            return false;
        }
        execute(execute);
        return true;
    }

    private boolean isDoubtful(Execute execute) {
        return execute.portal().isEmpty() && unnamedPortal.isDoubtful();
    }

    private void execute(Execute execute) {
        portals(execute.portal()).forEach(Held::run);
        pending.add(Request.EXECUTE.watched(trail == null ? null : trail.execute(execute.portal())));
    }

    private boolean passesClose(Target target) {
        if (target.isStatement() && HeldNames.isOwn(target.name())) {
            return false;
        }
        Request closing = closing(target);
        if (target.isStatement() && target.name().isEmpty()) {
            closing = preparing.following(unnamed.drop(), closing);
        }
        pending.add(closing.watched(trail == null ? null : trail.close(target)));
        return true;
    }

    private Request closing(Target target) {
        HeldNames names = target.isStatement() ? statements : portals;
        List<Held> closed = names.of(target.name());
        PreparedText gone = target.isStatement() && target.name().isEmpty() ? unnamed.sent() : null;
        return Request.CLOSE.then(() -> {
            names.remove(target.name(), closed);
            unnamed.closed(gone);
        });
    }

    /** True when a message that does not pass takes up the unnamed statement, and the server has yet to tell what that is. */
    boolean mustWait(FrontendType type, ByteBuf frame) {
        if (!unnamed.isUncertain()) {
            return false;
        }
        try {
            return type == FrontendType.BIND
                            && Bind.decode(frame, statementNames).statement().isEmpty()
                    || type == FrontendType.DESCRIBE && Target.decode(frame).equals(Target.statement(""));
        } catch (MalformedMessage e) {
            return false;
        }
    }

    /** A message whose prepared statement or portal is no longer what it was. */
    void takeUp(FrontendType type, ByteBuf frame) {
        try {
            switch (type) {
                case BIND -> takeUp(Bind.decode(frame, statementNames), frame);
                case DESCRIBE -> takeUp(Target.decode(frame), frame);
                case CLOSE -> preparing.refuse(Refusals.OWN_NAME);
                case EXECUTE -> takeUp(Execute.decode(frame), frame);
                default -> throw new IllegalStateException("a message that takes up nothing: " + type);
            }
        } catch (MalformedMessage e) {
            pending.add(toRequest(type));
            conversation.toServer(frame.retain());
        }
    }

    private void takeUp(Bind bind, ByteBuf frame) {
        KeptStatement standIn = bind.statement().isEmpty() ? unnamed.standIn() : null;
        if (standIn != null) {
            bindStandIn(standIn, bind, frame);
        } else if (mayBind(bind)) {
            conversation.toServer(frame.retain());
        }
    }

    /** A Bind goes to the server as it is, behind what it needs; false when it must not, of which the client will be told. */
    private boolean mayBind(Bind bind) {
        if (HeldNames.isOwn(bind.statement())) {
            preparing.refuse(Refusals.OWN_NAME);
            return false;
        }
        boolean there = !bind.statement().isEmpty() || restoreUnnamed();
        List<Held> prepared = there ? current(bind.statement()) : null;
        if (prepared != null) {
            bind(bind, prepared, null);
        }
        return prepared != null;
    }

    /**
     * A Bind that is too large to be kept.
     *
     * @param beginning with its names
     * @return false when it must not go on, of which the client will be told
     */
    boolean passesBeginning(ByteBuf beginning) {
        try {
            return mayBind(Bind.decode(beginning, statementNames));
        } catch (MalformedMessage e) {
            preparing.refuse(e.toErrorResponse());
            return false;
        }
    }

    /** The client means the unnamed statement, and the server holds another in its stead. */
    private void bindStandIn(KeptStatement standIn, Bind bind, ByteBuf frame) {
        boolean known = unnamed.isHeldBack();
        unnamed.takenUp();
        List<Held> prepared = current(standIn.name());
        if (prepared != null) {
            if (known) {
                closeUnnamed();
                pending.add(preparing.following(unnamed.current(), Request.KNOWN_PARSE));
            }
            bind(new Bind(bind.portal(), standIn.name()), prepared, standIn);
            conversation.toServer(Bind.encodeFor(standIn.name(), frame, allocator));
        }
    }

    /** What the name stands for, prepared anew where it must be; null when it may not be used, of which the client will be told. */
    private @Nullable List<Held> current(String name) {
        if (isStatementCurrent(name)) {
            return statements(name);
        }
        if (isGone(name)) {
            closeUnnamed();
            return List.of();
        }
        List<Held> anew = preparing.prepareAnew(statements(name));
        return anew.isEmpty() ? null : anew;
    }

    private boolean isGone(String name) {
        return name.isEmpty() && unnamed.isGone();
    }

    private void takeUp(Target target, ByteBuf frame) {
        if (!target.isStatement()) {
            preparing.refuse(Refusals.OUTDATED);
        } else if (HeldNames.isOwn(target.name())) {
            preparing.refuse(Refusals.OWN_NAME);
        } else if (target.name().isEmpty() && unnamed.isReplaced()
                ? restoreUnnamed()
                : current(target.name()) != null) {
            describe(target);
            conversation.toServer(frame.retain());
        }
    }

    /** What a failed Query has left behind must not be run: where the transaction has failed, the server answers the trial by an error. */
    private void takeUp(Execute execute, ByteBuf frame) {
        if (!isPortalCurrent(execute.portal())) {
            preparing.refuse(Refusals.OUTDATED);
        } else {
            preparing.send(Request.PARSE, new Parse(Preparing.TRIAL_NAME, "SELECT", List.of()).encode(allocator));
            preparing.send(Request.CLOSE, Target.statement(Preparing.TRIAL_NAME).encodeClose(allocator));
            execute(execute);
            conversation.toServer(frame.retain());
        }
    }

    private Runnable opening(String name, OpenPortal portal) {
        portals.add(name, portal);
        if (!name.isEmpty()) {
            return () -> portals.settle(name, portal);
        }
        int queries = unnamedPortal.onBind(portal);
        return () -> {
            unnamedPortal.onOpened(queries);
            portals.settle(name, portal);
        };
    }
}
