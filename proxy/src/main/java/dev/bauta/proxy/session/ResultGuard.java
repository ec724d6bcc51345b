package dev.bauta.proxy.session;

import dev.bauta.catalog.ColumnOrigin;
import dev.bauta.engine.Session;
import dev.bauta.engine.Verdict;
import dev.bauta.proxy.wire.ErrorResponse;
import dev.bauta.proxy.wire.RowDescription;
import dev.bauta.refusal.RefusalCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second line behind the rewriting: a result with a field that is a protected column itself never reaches the client. A
 * relation that the catalog snapshot does not know makes it be read anew; if it is still unknown, it counts as protected.
 */
final class ResultGuard {
    /** A longer message is looked at each time, in bytes. */
    private static final int LONGEST_KEPT = 4096;

    private static final Logger ALARM = LoggerFactory.getLogger("dev.bauta.alarm");

    private final Conversation conversation;
    private final Session session;
    /** The last RowDescription that was clear, and what that was by: results come again and again. */
    private ByteBuffer clear = ByteBuffer.allocate(0);

    private @Nullable Object clearBy;

    ResultGuard(Conversation conversation, Session session) {
        this.conversation = conversation;
        this.session = session;
    }

    /**
     * What keeps a result from the client.
     *
     * @param verdict never {@link Verdict#CLEAR}
     */
    record Finding(ColumnOrigin origin, Verdict verdict) {}

    /**
     * Looks at a result, once: the session tells an unknown relation for such only when it is asked first. Null when it is clear.
     *
     * @param frame a RowDescription message, type byte and length included
     */
    @Nullable
    Finding find(ByteBuf frame) {
        Object by = session.guardedBy();
        if (by == clearBy && isClear(frame)) {
            return null;
        }
        Finding finding = find(RowDescription.decode(frame));
        if (finding == null && frame.readableBytes() <= LONGEST_KEPT) {
            clear = ByteBuffer.wrap(ByteBufUtil.getBytes(frame));
            clearBy = by;
        }
        return finding;
    }

    /** Java compares its own buffers many bytes at a time. */
    private boolean isClear(ByteBuf frame) {
        return frame.nioBufferCount() == 1
                && frame.internalNioBuffer(frame.readerIndex(), frame.readableBytes())
                        .equals(clear);
    }

    private @Nullable Finding find(RowDescription description) {
        for (ColumnOrigin origin : description.origins()) {
            Verdict verdict = session.guard(origin.relation(), origin.column());
            if (verdict != Verdict.CLEAR) {
                return new Finding(origin, verdict);
            }
        }
        return null;
    }

    /**
     * Sends a message on when the catalog is known, or ends the session.
     *
     * @param frame the RowDescription, or nothing where the client has not asked for it
     */
    void stop(Finding finding, RowDescription description, ByteBuf frame) {
        if (finding.verdict() == Verdict.UNKNOWN) {
            admitAfterRefresh(description, frame);
        } else {
            alarm(finding.origin());
        }
    }

    private void admitAfterRefresh(RowDescription description, ByteBuf frame) {
        ByteBuf held = Unpooled.copiedBuffer(frame);
        conversation.catalog().holdServer(() -> admitOrEnd(description, held));
    }

    private void admitOrEnd(RowDescription description, ByteBuf held) {
        Finding finding = find(description);
        if (finding == null) {
            conversation.toClient(held);
        } else {
            alarm(finding.origin());
        }
    }

    private void alarm(ColumnOrigin origin) {
        ALARM.atError()
                .addKeyValue("user", session.principal().user())
                .addKeyValue("database", session.principal().database())
                .addKeyValue("relation", origin.relation())
                .addKeyValue("column", origin.column())
                .log("result stopped: it holds a protected column");
        conversation.fail(ErrorResponse.fatal(
                        RefusalCode.RESULT_GUARD.sqlState(),
                        "Bauta stopped a result that holds a column which is protected or not known")
                .withHint(
                        "Nothing of the result was sent; the administrator has been alarmed. Where a table or column is new,"
                                + " connect and ask again."));
    }
}
