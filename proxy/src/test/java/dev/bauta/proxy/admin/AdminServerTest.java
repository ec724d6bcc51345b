package dev.bauta.proxy.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What the endpoint answers where what it shows fails. */
class AdminServerTest {
    @Test
    void aFailureIsAnsweredWithoutItsWords() throws Exception {
        AdminView failing = (AdminView) Proxy.newProxyInstance(
                AdminView.class.getClassLoader(), new Class<?>[] {AdminView.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("CANARY");
                });
        try (AdminServer server =
                AdminServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, failing)) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.address().getPort() + "/status"))
                    .build();

            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

            assertEquals(500, answer.statusCode());
            assertEquals("{\"error\":\"internal error\"}", answer.body());
        }
    }
}
