package io.trustpipeline.credits.fakes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on 127.0.0.1, on any free port. */
abstract class LoopbackServer implements AutoCloseable {
    static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    final ExecutorService threads = Executors.newCachedThreadPool();

    /** An answer; no status breaks the connection off. */
    record Answer(int status, String contentType, String body, Map<String, String> headers) {
        static Answer json(JsonNode body) {
            return json(body, Map.of());
        }

        static Answer json(JsonNode body, Map<String, String> headers) {
            return new Answer(200, "application/json", body.toString(), headers);
        }

        static Answer text(String body) {
            return new Answer(200, "text/plain; charset=utf-8", body, Map.of());
        }

        static Answer status(int status, Map<String, String> headers) {
            return new Answer(status, "application/json", "{\"message\":\"status " + status + "\"}", headers);
        }

        static Answer brokenOff() {
            return new Answer(0, "", "", Map.of());
        }
    }

    LoopbackServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    final void start() {
        server.start();
    }

    public final URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    abstract Answer answer(String method, URI uri, Map<String, String> headers, String body) throws Exception;

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            Answer answer;
            try {
                answer = answer(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
            } catch (Exception e) {
                answer = Answer.status(
                        500, Map.of("X-Reason", String.valueOf(e.getMessage()).replaceAll("\\s+", " ")));
            }
            if (answer.status() == 0) {
                return;
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** The fields of a form, or of a query; of a field that comes twice, the first. */
    static Map<String, String> form(@Nullable String text) {
        Map<String, String> fields = new HashMap<>();
        if (text != null && !text.isEmpty()) {
            for (String pair : text.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.putIfAbsent(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
