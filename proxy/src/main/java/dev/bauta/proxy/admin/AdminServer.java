package dev.bauta.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bauta.proxy.audit.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link AdminView} by HTTP. Thread-safe. */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int THREADS = 4;
    private static final int BACKLOG = 16;
    private static final String JSON = "application/json";
    private static final String PAGE_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /**
     * How long a client may take to send its request, in seconds, and how long it may take from then on to have the answer, a reload
     * included: it keeps one of few threads that long. The JDK's server has no such limits of its own, and reads them from these
     * properties once.
     */
    private static final Map<String, String> PATIENCE =
            Map.of("sun.net.httpserver.maxReqTime", "3", "sun.net.httpserver.maxRspTime", "10");

    static {
        PATIENCE.forEach((property, seconds) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, seconds);
            }
        });
    }

    private final HttpServer server;
    private final AdminView view;
    private final Credentials credentials;
    private final byte[] page;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "admin");
        thread.setDaemon(true);
        return thread;
    });

    private AdminServer(HttpServer server, AdminView view, Credentials credentials) throws IOException {
        this.server = server;
        this.view = view;
        this.credentials = credentials;
        this.page = readPage();
    }

    /**
     * Listens.
     *
     * @param token what requests must bear; null for an endpoint on a loopback address, which asks for nothing
     * @throws IOException when the address cannot be had
     */
    public static AdminServer start(InetSocketAddress listen, @Nullable String token, AdminView view)
            throws IOException {
        HttpServer http = HttpServer.create(listen, BACKLOG);
        AdminServer admin = new AdminServer(http, view, new Credentials(token));
        http.setExecutor(admin.executor);
        http.createContext("/", admin::handle);
        http.start();
        LOG.atInfo().addKeyValue("address", http.getAddress()).log("admin endpoint listens");
        return admin;
    }

    private static byte[] readPage() throws IOException {
        try (InputStream in = AdminServer.class.getResourceAsStream("index.html")) {
            if (in == null) {
                throw new IOException("the page is missing");
            }
            return in.readAllBytes();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private record Answer(int status, String type, byte[] body) {
        static Answer of(int status, String type, String body) {
            return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer error(int status, String message) {
            return of(status, JSON, new JsonText().add("error", message).close());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answerOrError(exchange));
        }
    }

    /** What a failure says of itself can hold anything. */
    private Answer answerOrError(HttpExchange exchange) {
        try {
            return answer(exchange);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("failure", e.getClass().getSimpleName()).log("admin request failed");
            return Answer.error(500, "internal error");
        }
    }

    private Answer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!credentials.isFromHere(exchange)) {
            return Answer.error(403, "the request comes from another site");
        }
        switch (path) {
            case "/healthz" -> {
                return Answer.of(200, "text/plain", "ok\n");
            }
            case "/readyz" -> {
                return readiness();
            }
            case "/" -> {
                return new Answer(200, "text/html; charset=utf-8", page);
            }
            default -> {}
        }
        if (!credentials.admits(exchange)) {
            return Answer.error(401, "send the token: Authorization: Bearer …");
        }
        return switch (method) {
            case "GET" -> get(path);
            case "POST" -> path.equals("/reload") ? reload() : notFound();
            case "DELETE" -> path.startsWith("/sessions/") ? end(path.substring("/sessions/".length())) : notFound();
            default -> Answer.error(405, "use GET, POST or DELETE");
        };
    }

    private Answer get(String path) {
        return switch (path) {
            case "/metrics" -> Answer.of(200, "text/plain; version=0.0.4; charset=utf-8", view.metrics());
            case "/status" -> Answer.of(200, JSON, view.status());
            case "/sessions" -> Answer.of(200, JSON, view.sessions());
            case "/statements" -> Answer.of(200, JSON, view.statements());
            case "/rules" -> Answer.of(200, JSON, view.rules());
            default -> notFound();
        };
    }

    private static Answer notFound() {
        return Answer.error(404, "there is no such thing here");
    }

    private Answer readiness() {
        AdminView.Readiness readiness = view.readiness();
        String body = new JsonText()
                .add("ready", readiness.isReady())
                .add("rules", readiness.rules())
                .add("catalogs", readiness.catalogs())
                .add("server", readiness.server())
                .add("audit", readiness.audit())
                .add("accepting", readiness.accepting())
                .close();
        return Answer.of(readiness.isReady() ? 200 : 503, JSON, body);
    }

    private Answer reload() {
        List<String> problems = view.reload();
        String body = new JsonText()
                .add("reloaded", problems.isEmpty())
                .addAll("problems", problems)
                .close();
        return Answer.of(problems.isEmpty() ? 200 : 422, JSON, body);
    }

    private Answer end(String id) {
        return view.endSession(id)
                ? Answer.of(200, JSON, new JsonText().add("ended", id).close())
                : Answer.error(404, "there is no session of this id");
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getRequestBody().close();
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Content-Security-Policy", PAGE_POLICY);
        if (answer.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.body().length);
        if (!head) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
