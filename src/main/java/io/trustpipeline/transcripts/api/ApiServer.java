package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.api.Contract.Operation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;

/**
 * Serves the contract and the page. Every operation of the contract must have a handler and every handler an operation,
 * or it does not start. Bodies of JSON are small; uploads are streamed by their handler.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int THREADS = 32;
    private static final int MOST_JSON_BYTES = 1 << 20;
    private static final int MOST_DRAINED_BYTES = 4 << 20;
    private static final Map<String, String> PAGE = Map.of(
            "/", "text/html; charset=utf-8",
            "/page.js", "text/javascript; charset=utf-8",
            "/page.css", "text/css; charset=utf-8");

    private final HttpServer server;
    private final ExecutorService threads;
    private final Contract contract;
    private final Map<String, Handler> handlers;
    private final Tokens tokens;
    private final RateLimit limit;

    /** Carries out one operation. */
    interface Handler {
        Answer answer(Request request) throws IOException;
    }

    /**
     * Starts.
     *
     * @param host a loopback address, unless a proxy that ends TLS is in front
     * @param requestsAMinute of one caller; more are answered with 429
     */
    public static ApiServer start(String host, int port, TokenKeys keys, int requestsAMinute, Operations operations)
            throws IOException {
        Clock clock = Clock.systemUTC();
        return new ApiServer(
                HttpServer.create(new InetSocketAddress(host, port), 128),
                Contract.read(),
                operations.handlers(),
                new Tokens(keys, clock),
                new RateLimit(requestsAMinute, clock));
    }

    private ApiServer(
            HttpServer server, Contract contract, Map<String, Handler> handlers, Tokens tokens, RateLimit limit) {
        for (Operation operation : contract.operations()) {
            if (!handlers.containsKey(operation.id())) {
                throw new IllegalStateException("nobody handles " + operation.id() + " of the contract");
            }
        }
        if (handlers.size() != contract.operations().size()) {
            throw new IllegalStateException("a handler is no operation of the contract");
        }
        this.server = server;
        this.contract = contract;
        this.handlers = handlers;
        this.tokens = tokens;
        this.limit = limit;
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "transcripts-api");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (Problem problem) {
                answer = answer(problem);
            } catch (PipelineException failed) {
                answer = answer(new Problem(status(failed.exitCode()), String.valueOf(failed.getMessage())));
            } catch (RuntimeException defect) {
                // Its message may hold anything.
                LOG.error("an operation failed: {}", defect.getClass().getName());
                answer = answer(new Problem(500, "a defect of ours; the log has the moment"));
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        if (method.equals("GET") && PAGE.containsKey(path)) {
            return page(path);
        }
        boolean known = false;
        for (Operation operation : contract.operations()) {
            Matcher matcher = operation.path().matcher(path);
            if (matcher.matches()) {
                if (operation.method().equals(method)) {
                    return answer(exchange, operation, matcher);
                }
                known = true;
            }
        }
        throw known ? new Problem(405, method + " is not for this address") : Problem.unknown("this address");
    }

    private Answer answer(HttpExchange exchange, Operation operation, Matcher path) throws IOException {
        String address = exchange.getRemoteAddress().getAddress().getHostAddress();
        Caller caller = new Caller("nobody", "nobody", Caller.Role.READ_ONLY, Set.of(), address);
        if (!operation.roles().isEmpty()) {
            limit.count(address);
            caller = tokens.caller(exchange.getRequestHeaders().getFirst("Authorization"), address);
            limit.count(caller.subject());
            if (!operation.roles().contains(caller.role().code())) {
                throw new Problem(
                        403, "this is not for the role " + caller.role().code());
            }
        }
        Map<String, String> parameters =
                Request.parameters(operation, path, exchange.getRequestURI().getRawQuery());
        InputStream body = exchange.getRequestBody();
        Request request = new Request(
                caller, parameters, operation.body() == null ? null : Request.json(operation, small(body)), body);
        Handler handler = handlers.get(operation.id());
        if (handler == null) {
            throw Problem.unknown("this address");
        }
        return handler.answer(request);
    }

    private static byte[] small(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_JSON_BYTES + 1);
        if (bytes.length > MOST_JSON_BYTES) {
            throw new Problem(413, "the body has more than " + MOST_JSON_BYTES + " bytes");
        }
        return bytes;
    }

    private static int status(ExitCode code) {
        return switch (code) {
            case REQUEST_REFUSED, USAGE -> 400;
            case DATA_REFUSED -> 404;
            case UNAVAILABLE, STOPPED, LIMIT_REACHED -> 503;
            case DONE, DEFECT, CONFIGURATION -> 500;
        };
    }

    private static Answer answer(Problem problem) {
        return new Answer(
                problem.status(),
                "application/problem+json",
                JSON.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", problem.title())
                        .put("status", problem.status())
                        .put("detail", String.valueOf(problem.getMessage()))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Answer page(String path) {
        String file = path.equals("/") ? "page.html" : path.substring(1);
        try (@Nullable InputStream in = ApiServer.class.getResourceAsStream(file)) {
            if (in == null) {
                throw Problem.unknown(path);
            }
            return new Answer(200, PAGE.getOrDefault(path, ""), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        // A client that is still sending would see its connection broken instead of the answer.
        drain(exchange.getRequestBody());
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders()
                .set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        if (answer.status() == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        if (answer.status() == 429) {
            exchange.getResponseHeaders().set("Retry-After", "60");
        }
        if (!answer.mediaType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.mediaType());
        }
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 13];
        int read = body.read(buffer);
        for (int drained = 0; read >= 0 && drained < MOST_DRAINED_BYTES; drained += read) {
            read = body.read(buffer);
        }
    }

    @Override
    public void close() {
        server.stop(1);
        threads.shutdownNow();
    }
}
