package dev.bauta.proxy.session;

import dev.bauta.engine.HeldNames;
import dev.bauta.engine.Session;
import dev.bauta.proxy.wire.BackendType;
import dev.bauta.proxy.wire.BoundQuery;
import dev.bauta.proxy.wire.DataRow;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.Parse;
import dev.bauta.proxy.wire.ReadyForQuery;
import dev.bauta.proxy.wire.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the server, before a masked session's client gets a ReadyForQuery, how unqualified names resolve. The client sees
 * nothing of it: no transaction is open, so that there is no portal, and the unnamed statement, which a Query would drop, stays.
 *
 * <pre>
 *   proxy    Parse p  Bind p  Describe  Execute  Close p  Sync
 *   server   1        2       T         D D C    3        Z
 * </pre>
 */
final class SearchPathQuery implements ServerPhase {
    private static final String NAME = HeldNames.OWN + "search_path";

    private static final Parse PREPARING =
            new Parse(NAME, "SELECT s FROM pg_catalog.unnest(pg_catalog.current_schemas(true)) AS s", List.of());
    private static final BoundQuery RUNNING = new BoundQuery(NAME, List.of(), List.of(Target.statement(NAME)));

    private final Conversation conversation;
    private final Session session;
    private final SessionMessages messages;
    private final ReadyForQuery ready;
    private final Runnable then;
    private final List<String> schemas = new ArrayList<>();

    /**
     * @param ready what the client is to receive afterwards
     * @param then what is to be done after that
     */
    SearchPathQuery(
            Conversation conversation, Session session, SessionMessages messages, ReadyForQuery ready, Runnable then) {
        this.conversation = conversation;
        this.session = session;
        this.messages = messages;
        this.ready = ready;
        this.then = then;
    }

    void send() {
        ByteBufAllocator allocator = conversation.client().alloc();
        conversation.toServer(PREPARING.encode(allocator));
        conversation.toServer(RUNNING.encode(allocator));
    }

    @Override
    public Handling onFrame(byte type, int length) {
        ServerMessages.requireCollectable(length);
        return switch (ServerMessages.requireKnown(type)) {
            case PARSE_COMPLETE, BIND_COMPLETE, ROW_DESCRIPTION, COMMAND_COMPLETE, CLOSE_COMPLETE -> Handling.DROP;
            case NOTIFICATION_RESPONSE -> Handling.FORWARD;
            default -> Handling.COLLECT;
        };
    }

    @Override
    public void onForward(ByteBuf bytes) {
        conversation.toClient(bytes);
    }

    @Override
    public void onCollected(byte type, ByteBuf frame) {
        try {
            onMessage(ServerMessages.requireKnown(type), frame);
        } finally {
            frame.release();
        }
    }

    private void onMessage(BackendType type, ByteBuf frame) {
        switch (type) {
            case DATA_ROW -> schemas.add(DataRow.decodeSingleText(frame));
            case READY_FOR_QUERY -> onReady();
            case PARAMETER_STATUS -> messages.onParameterStatus(frame);
            case NOTICE_RESPONSE -> messages.send(ErrorResponse.decode(frame), type);
            case ERROR_RESPONSE -> onError(ErrorResponse.decode(frame));
            default -> throw ServerMessages.unexpected();
        }
    }

    /** A session whose names cannot be resolved must not begin. */
    private void onError(ErrorResponse error) {
        if (error.isFatal()) {
            messages.send(error, BackendType.ERROR_RESPONSE);
        } else {
            conversation.fail(ErrorResponse.fatal(error.sqlState(), "Bauta cannot read the session's search_path"));
        }
    }

    private void onReady() {
        session.setSearchPath(List.copyOf(schemas));
        conversation.toClient(ready.encode(conversation.client().alloc()));
        then.run();
        conversation.onReady(ready);
    }

    @Override
    public boolean hasAnnouncedEnd() {
        return messages.hasAnnouncedEnd();
    }
}
