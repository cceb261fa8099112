package io.trustpipeline.credits.looker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Looker's API 4.0: the SQL behind a link. The token goes to the configured address alone: no link decides where a request
 * goes, and no redirect is followed. Thread-safe.
 */
public final class LookerClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private final URI base;
    private final Supplier<Credentials> credentials;
    private final Duration timeout;
    private final Attempts attempts;
    private final HttpClient http;
    private @Nullable String token;

    /** A client of the API; the secret is not kept. */
    public record Credentials(String clientId, String clientSecret) {
        @Override
        public String toString() {
            return "Credentials[" + clientId + "]";
        }
    }

    /**
     * @param base such as {@code https://example.cloud.looker.com:19999}, without a path
     * @param credentials asked for each login, so that a changed secret is seen
     * @param attempts of a call whose failure may pass
     */
    public LookerClient(URI base, Supplier<Credentials> credentials, Duration timeout, Attempts attempts) {
        this.base = base;
        this.credentials = credentials;
        this.timeout = timeout;
        this.attempts = attempts;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The SQL that Looker would run.
     *
     * @throws PipelineException REQUEST_REFUSED when there is no such look or query, UNAVAILABLE when Looker does not answer,
     *     CONFIGURATION when it does not let us in
     */
    public synchronized String sql(LookerLink link) {
        JsonNode query = link instanceof LookerLink.Look look
                ? json("/queries/" + encoded(text(json("/looks/" + look.id()), "query_id")))
                : json("/queries/slug/" + encoded(((LookerLink.Query) link).slug()));
        String sql = query.path("sql").asText("");
        return sql.isBlank() ? get("/queries/" + encoded(text(query, "id")) + "/run/sql") : sql;
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        if (text.isEmpty()) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "Looker's answer has no " + field);
        }
        return text;
    }

    private JsonNode json(String path) {
        try {
            return JSON.readTree(get(path));
        } catch (JsonProcessingException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "Looker's answer to " + path + " is not JSON");
        }
    }

    private String get(String path) {
        HttpResponse<String> response = authorized(path);
        if (response.statusCode() == UNAUTHORIZED) {
            // Tokens last an hour; one login is worth it, a second is not.
            token = null;
            response = authorized(path);
        }
        return switch (response.statusCode()) {
            case 200 -> response.body();
            case UNAUTHORIZED, 403 ->
                throw new PipelineException(
                        ExitCode.CONFIGURATION, "Looker refuses " + path + " with " + response.statusCode());
            case 400, 404, 422 ->
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "Looker has nothing behind the link (" + path + ": " + response.statusCode() + ")");
            default -> throw unavailable(path, response.statusCode());
        };
    }

    private HttpResponse<String> authorized(String path) {
        return send(
                path,
                request(path).header("Authorization", "token " + login()).GET().build());
    }

    private String login() {
        if (token == null) {
            Credentials given = credentials.get();
            String form = "client_id=" + encoded(given.clientId()) + "&client_secret=" + encoded(given.clientSecret());
            HttpResponse<String> response = send(
                    "/login",
                    request("/login")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build());
            if (response.statusCode() != 200) {
                throw response.statusCode() >= SERVER_ERRORS || response.statusCode() == TOO_MANY
                        ? unavailable("/login", response.statusCode())
                        : new PipelineException(
                                ExitCode.CONFIGURATION,
                                "Looker does not let us in (" + response.statusCode()
                                        + "); look at trust.credits.looker.client-id and its secret");
            }
            try {
                token = text(JSON.readTree(response.body()), "access_token");
            } catch (JsonProcessingException e) {
                throw new PipelineException(ExitCode.UNAVAILABLE, "Looker's answer to /login is not JSON");
            }
        }
        return token;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/4.0" + path)).timeout(timeout);
    }

    /** Tries again what may pass: no answer, too many requests, an error of the server. */
    private HttpResponse<String> send(String path, HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                boolean passing = response.statusCode() >= SERVER_ERRORS || response.statusCode() == TOO_MANY;
                if (!passing || attempts.isLast(attempt)) {
                    return response;
                }
            } catch (IOException failed) {
                if (attempts.isLast(attempt)) {
                    throw new PipelineException(
                            ExitCode.UNAVAILABLE,
                            "Looker does not answer " + path + ": "
                                    + failed.getClass().getSimpleName(),
                            failed);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new PipelineException(ExitCode.STOPPED, "stopped on request", stopped);
            }
            Attempts.waitFor(attempts.pauseAfter(attempt));
        }
    }

    private static PipelineException unavailable(String path, int status) {
        return new PipelineException(ExitCode.UNAVAILABLE, "Looker answers " + path + " with " + status);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
