package dev.bauta.proxy.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session. Immutable.
 *
 * @param protocolVersion major version in the upper 16 bits, minor in the lower; the major version is 3
 * @param parameters {@code user}, {@code database}, settings and protocol extensions, in the order sent
 */
public record StartupMessage(int protocolVersion, Map<String, String> parameters) implements InitialMessage {
    private static final int MAJOR_VERSION = 3;

    /** 3.2; what newer versions mean by their messages is not known. */
    private static final int NEWEST_VERSION = MAJOR_VERSION << 16 | 2;

    /** Options of the protocol itself, none of which is known. */
    private static final String OPTION_PREFIX = "_pq_.";

    public StartupMessage {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    static StartupMessage decode(int version, ByteBuf body) {
        int major = version >>> 16;
        if (major != MAJOR_VERSION) {
            throw new ProtocolViolation(
                    "0A000",
                    "unsupported frontend protocol " + major + "." + (version & 0xFFFF) + ": only 3.x is supported");
        }
        try {
            return new StartupMessage(version, readParameters(body));
        } catch (MalformedMessage e) {
            throw new ProtocolViolation(e.toErrorResponse().sqlState(), "invalid startup packet layout");
        }
    }

    private static Map<String, String> readParameters(ByteBuf body) throws MalformedMessage {
        Map<String, String> parameters = new LinkedHashMap<>();
        // Setting names have no case: a second spelling would overrule the value that was reviewed.
        Set<String> seen = new HashSet<>();
        for (String name = Strings.readStrict(body); !name.isEmpty(); name = Strings.readStrict(body)) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new ProtocolViolation("invalid startup packet: a parameter is given twice");
            }
            parameters.put(name, Strings.readStrict(body));
        }
        if (body.isReadable()) {
            throw MalformedMessage.layout();
        }
        return parameters;
    }

    /** The user, empty when none is named. */
    public String user() {
        return parameters.getOrDefault("user", "");
    }

    /** The database; the user's name when none is named. */
    public String database() {
        String database = parameters.getOrDefault("database", "");
        return database.isEmpty() ? user() : database;
    }

    /** What the client calls itself; empty when it does not say. */
    public String applicationName() {
        return parameters.getOrDefault("application_name", "");
    }

    /**
     * What must reach the server, and what the proxy understands as well: no newer version than 3.2 and no options of the
     * protocol, under which messages could mean something else.
     */
    public StartupMessage understood() {
        return understood(NEWEST_VERSION);
    }

    /** The same, by 3.0, which every server speaks, so that it can be promised before one is asked. */
    public StartupMessage understoodByAll() {
        return understood(MAJOR_VERSION << 16);
    }

    private StartupMessage understood(int newest) {
        Map<String, String> kept = new LinkedHashMap<>(parameters);
        kept.keySet().removeIf(name -> name.startsWith(OPTION_PREFIX));
        return new StartupMessage(Math.min(protocolVersion, newest), kept);
    }

    /** What the client must be told when this is understood of what it asked for; null for nothing. */
    public @Nullable NegotiateProtocolVersion negotiation(StartupMessage understood) {
        if (understood.equals(this)) {
            return null;
        }
        List<String> unknown = parameters.keySet().stream()
                .filter(name -> name.startsWith(OPTION_PREFIX))
                .toList();
        return new NegotiateProtocolVersion(understood.protocolVersion, unknown);
    }

    /** With further parameters at the end, where the server lets them win. */
    public StartupMessage withParameters(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        further.forEach((name, value) -> {
            all.remove(name);
            all.put(name, value);
        });
        return new StartupMessage(protocolVersion, all);
    }

    /** Writes the message. */
    public ByteBuf encode(ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer();
        out.writeInt(0).writeInt(protocolVersion);
        parameters.forEach((name, value) -> {
            Strings.write(out, name);
            Strings.write(out, value);
        });
        out.writeByte(0);
        return out.setInt(0, out.readableBytes());
    }

    /** No value: among them are keys. */
    @Override
    public String toString() {
        return "StartupMessage" + parameters.keySet();
    }
}
