package dev.bauta.proxy.session;

import dev.bauta.proxy.session.ServerConnector.Link;
import dev.bauta.proxy.wire.AuthenticationRequest;
import dev.bauta.proxy.wire.CancelKey;
import dev.bauta.proxy.wire.ParameterStatus;
import dev.bauta.proxy.wire.ReadyForQuery;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection to the server that can outlive the session that has it, and what the server has said of it. Event loop only. */
final class ServerLease {
    private final ServerPool.Key key;
    private final Link link;
    private final long opened = System.nanoTime();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable CancelKey cancelKey;

    /** @param key whose it can be */
    ServerLease(ServerPool.Key key, Link link) {
        this.key = key;
        this.link = link;
    }

    ServerPool.Key key() {
        return key;
    }

    Link link() {
        return link;
    }

    /** How long ago the connection was opened. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - opened);
    }

    /** The server has reported a setting; what it reported last holds. */
    void onParameterStatus(ParameterStatus status) {
        settings.put(status.name(), status.value());
    }

    void onCancelKey(CancelKey given) {
        cancelKey = given;
    }

    /** What the server says when it lets a session in, as it would say it now. */
    ByteBuf greeting(ByteBufAllocator allocator) {
        ByteBuf all = allocator.buffer();
        append(all, AuthenticationRequest.OK.encode(allocator, ""));
        settings.forEach((name, value) -> append(all, new ParameterStatus(name, value).encode(allocator)));
        if (cancelKey != null) {
            append(all, cancelKey.encodeBackendKeyData(allocator));
        }
        append(all, ReadyForQuery.IDLE.encode(allocator));
        return all;
    }

    private static void append(ByteBuf all, ByteBuf message) {
        all.writeBytes(message);
        message.release();
    }
}
