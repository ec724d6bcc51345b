package dev.bauta.jdbc.rules;

import dev.bauta.rulefile.RuleFile;
import dev.bauta.rulefile.RuleSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Rules on a web server. They are asked for again in the background, with what tells the server which state is known (ETag
 * and Last-Modified, RFC 9110 section 13.1), so that no statement waits for it: new rules are in force from the look after the
 * one at which they were asked for. A redirection from https to http is not followed.
 */
final class WebRules extends RuleSource {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final URI uri;
    private final String name;
    private final KeyReference key;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private @Nullable String tag;
    private @Nullable String modified;
    private @Nullable CompletableFuture<Answer> asked;

    WebRules(URI uri, KeyReference key) {
        this.uri = uri;
        this.name = new RulesLocation.OnWeb(uri).toString();
        this.key = key;
    }

    /** What the server answered; no body where nothing has changed. */
    private record Answer(int status, byte[] body, Optional<String> tag, Optional<String> modified) {
        static Answer of(HttpResponse<InputStream> response) {
            try (InputStream in = response.body()) {
                return new Answer(
                        response.statusCode(),
                        in.readNBytes(RuleText.LARGEST + 1),
                        response.headers().firstValue("ETag"),
                        response.headers().firstValue("Last-Modified"));
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }

    private CompletableFuture<Answer> ask() {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        if (modified != null) {
            request.header("If-Modified-Since", modified);
        }
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(Answer::of)
                .orTimeout(CONNECT.plus(ANSWER).toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    @Override
    public RuleSet load() throws SQLException {
        tag = null;
        modified = null;
        return rules(ask()).orElseThrow(() -> unusable(name + " is not there"));
    }

    @Override
    Optional<RuleSet> changed() throws SQLException {
        CompletableFuture<Answer> answer = asked;
        if (answer == null) {
            asked = ask();
            return Optional.empty();
        } else if (!answer.isDone()) {
            return Optional.empty();
        }
        asked = null;
        return rules(answer);
    }

    private Optional<RuleSet> rules(CompletableFuture<Answer> asked) throws SQLException {
        Answer answer;
        try {
            answer = asked.join();
        } catch (CompletionException e) {
            throw unusable(name + " cannot be reached");
        }
        if (answer.status() == NOT_MODIFIED) {
            return Optional.empty();
        } else if (answer.status() != OK) {
            throw unusable(name + " answers with status " + answer.status());
        }
        Map<String, String> environment = key.environment();
        String text = RuleText.decode(name, answer.body());
        RuleSet rules = read(() -> RuleFile.parse(text, name, environment, Path.of("")));
        tag = answer.tag().orElse(null);
        modified = answer.modified().orElse(null);
        return Optional.of(rules);
    }
}
