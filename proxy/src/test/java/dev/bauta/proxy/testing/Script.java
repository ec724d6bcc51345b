package dev.bauta.proxy.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation on the wire that can be held with several servers, to compare what they answer. Immutable once it is written.
 *
 * @param name what it is about
 * @param steps each sent at once
 * @param untils for each step the types of the messages to wait for, one after the other
 */
public record Script(String name, List<byte[]> steps, List<String> untils) {
    public static Script of(String name) {
        return new Script(name, new ArrayList<>(), new ArrayList<>());
    }

    /** Sends messages at once, and waits for one message of each of these types. */
    public Script step(String until, byte[]... messages) {
        steps.add(Frontend.all(messages));
        untils.add(until);
        return this;
    }

    /** Sends each text as a Query, when the one before it has been answered. */
    public Script simple(String... texts) {
        for (String text : texts) {
            step("Z", Frontend.query(text));
        }
        return this;
    }

    /** Holds the conversation, and gives all that the server answers. */
    public List<BackendMessage> hold(TestClient client) throws IOException {
        List<BackendMessage> messages = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            client.send(steps.get(i));
            for (char until : untils.get(i).toCharArray()) {
                messages.addAll(client.readUntil(until));
            }
        }
        return messages;
    }

    @Override
    public String toString() {
        return name;
    }
}
