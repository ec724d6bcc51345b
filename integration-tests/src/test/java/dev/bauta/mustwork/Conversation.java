package dev.bauta.mustwork;

import static dev.bauta.proxy.testing.Frontend.bind;
import static dev.bauta.proxy.testing.Frontend.copyData;
import static dev.bauta.proxy.testing.Frontend.copyDone;
import static dev.bauta.proxy.testing.Frontend.describePortal;
import static dev.bauta.proxy.testing.Frontend.execute;
import static dev.bauta.proxy.testing.Frontend.message;
import static dev.bauta.proxy.testing.Frontend.parse;
import static dev.bauta.proxy.testing.Frontend.query;
import static dev.bauta.proxy.testing.Frontend.sync;

import dev.bauta.proxy.testing.BackendMessage;
import dev.bauta.proxy.testing.TestClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How statements are put to a server, and all that it answers. */
enum Conversation {
    /** The simple query protocol. */
    SIMPLE {
        @Override
        void ask(TestClient client, String statement) throws IOException {
            client.send(query(statement));
        }
    },
    /** The extended query protocol with results as text. */
    EXTENDED {
        @Override
        void ask(TestClient client, String statement) throws IOException {
            client.send(parse("", statement), bind("", ""), describePortal(""), execute("", 0), sync());
        }
    },
    /** The extended query protocol with binary results. */
    BINARY {
        @Override
        void ask(TestClient client, String statement) throws IOException {
            byte[] binaryResults = message('B', new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});
            client.send(parse("", statement), binaryResults, describePortal(""), execute("", 0), sync());
        }
    };

    /** {@code FirstNormalObjectId}: what is older came with the server. */
    private static final int FIRST_NORMAL_OBJECT_ID = 16_384;

    /** What COPY FROM STDIN is given. */
    private static final String COPIED = "900\tcopied\n";

    abstract void ask(TestClient client, String statement) throws IOException;

    /**
     * Holds one session.
     *
     * @return for each statement the messages that a client receives
     */
    List<List<BackendMessage>> hold(InetSocketAddress server, String user, String database, List<String> statements)
            throws IOException {
        try (TestClient client = TestClient.login(server, user, database)) {
            List<List<BackendMessage>> answers = new ArrayList<>();
            for (String statement : statements) {
                ask(client, statement);
                answers.add(
                        answer(client).stream().map(BackendMessage::comparable).toList());
            }
            return answers;
        }
    }

    private List<BackendMessage> answer(TestClient client) throws IOException {
        List<BackendMessage> messages =
                new ArrayList<>(client.readUntil(message -> message.type() == 'Z' || message.type() == 'G'));
        if (messages.get(messages.size() - 1).type() == 'G') {
            client.send(copyData(COPIED), copyDone());
            if (this != SIMPLE) {
                client.send(sync());
            }
            messages.addAll(client.readUntil('Z'));
        }
        return messages;
    }

    /** A RowDescription that does not say from which table and column its fields come. */
    static BackendMessage withoutOrigins(BackendMessage message) {
        return withoutOrigins(message, Integer.MAX_VALUE);
    }

    /** The same for fields from system catalogs alone, of which some hold definitions that masked sessions see in part. */
    static BackendMessage withoutCatalogOrigins(BackendMessage message) {
        return withoutOrigins(message, FIRST_NORMAL_OBJECT_ID);
    }

    private static BackendMessage withoutOrigins(BackendMessage message, int below) {
        if (message.type() != 'T') {
            return message;
        }
        StringBuilder body = new StringBuilder(message.body());
        int at = 2;
        for (int field = ByteBuffer.wrap(message.bytes()).getShort(0); field > 0; field--) {
            int origin = message.body().indexOf('\0', at) + 1;
            if (ByteBuffer.wrap(message.bytes()).getInt(origin) < below) {
                body.replace(origin, origin + 6, "\0".repeat(6));
            }
            at = origin + 18;
        }
        return new BackendMessage('T', body.toString());
    }
}
