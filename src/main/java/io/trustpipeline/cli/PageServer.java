package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.ops.LatestProgress.Latest;
import io.trustpipeline.report.RunsPage;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoredBytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows runs and their reports to a browser on this machine; nothing can be changed through it. It listens on loopback and
 * answers to no other name, so that no page from elsewhere can ask in a browser's name.
 */
final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern REPORT = Pattern.compile("/runs/([^/]+)/report");
    private static final String HTML = "text/html; charset=utf-8";

    private final @Nullable HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "page");
        thread.setDaemon(true);
        return thread;
    });
    private final ObjectStore store;
    private final RunIndex runs;
    private final Supplier<Latest> progress;
    private final LongSupplier ended;

    private PageServer(@Nullable HttpServer server, ObjectStore store, Supplier<Latest> progress, LongSupplier ended) {
        this.server = server;
        this.store = store;
        this.runs = new RunIndex(store, TrustApplication.PREFIX);
        this.progress = progress;
        this.ended = ended;
        if (server != null) {
            server.createContext("/", this::answer);
            server.setExecutor(threads);
            server.start();
        }
    }

    /**
     * Starts it at a port, 0 for any; without one it is a server that does nothing.
     *
     * @param ended how many runs have ended here
     */
    static PageServer start(
            Optional<Integer> wanted, ObjectStore store, Supplier<Latest> progress, LongSupplier ended) {
        return wanted.map(port -> new PageServer(listen(port), store, progress, ended))
                .orElseGet(() -> new PageServer(null, store, progress, ended));
    }

    private static HttpServer listen(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "trust.serve.page-port: " + port + " cannot be listened on (" + e.getMessage() + "); 0 takes any",
                    e);
        }
    }

    /** Where it listens. */
    Optional<String> address() {
        return server == null
                ? Optional.empty()
                : Optional.of("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** What is sent back. */
    private record Answer(int status, String type, byte[] body, boolean page) {
        static Answer none(int status, String why) {
            return new Answer(status, "text/plain; charset=utf-8", why.getBytes(StandardCharsets.UTF_8), false);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = find(exchange);
            } catch (RuntimeException e) {
                LOG.warn("page: {}", Failure.of(e).message());
                answer = Answer.none(500, "something went wrong; the log says what\n");
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            if (answer.page()) {
                exchange.getResponseHeaders().set("Content-Security-Policy", RunsPage.contentSecurityPolicy());
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(
                    answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
            if (!head) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(answer.body());
                }
            }
        }
    }

    private Answer find(HttpExchange exchange) {
        String host = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Host"), "");
        int port = exchange.getLocalAddress().getPort();
        if (!Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port).contains(host)) {
            return Answer.none(421, "this server answers to localhost alone\n");
        }
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.none(405, "there is nothing here but to look at\n");
        }
        String path = exchange.getRequestURI().getPath();
        Matcher report = REPORT.matcher(path);
        if (report.matches()) {
            return report(report.group(1));
        }
        return switch (path) {
            case "/" -> new Answer(200, HTML, RunsPage.of(runs.runs()), true);
            case "/progress" -> new Answer(200, "application/json", progress(), false);
            case RunsPage.SCRIPT -> new Answer(200, "text/javascript; charset=utf-8", script(), false);
            default -> Answer.none(404, "there is nothing at this address\n");
        };
    }

    /** The page brings its own policy. */
    private Answer report(String runId) {
        if (!RunIds.isValid(runId)) {
            return Answer.none(404, "that is no run id\n");
        }
        Optional<StoredBytes> page = store.get(TrustApplication.PREFIX + "runs/" + runId + "/report.html");
        return page.map(found -> new Answer(200, HTML, found.bytes(), false))
                .orElseGet(() -> Answer.none(404, "this run has no report (yet)\n"));
    }

    private byte[] progress() {
        Latest latest = progress.get();
        ObjectNode now = JSON.createObjectNode()
                .put("stage", latest.stage())
                .put("done", latest.done())
                .put("total", latest.total())
                .put("rows_per_second", latest.rowsPerSecond())
                .put("seconds_left", latest.secondsLeft())
                .put("ended", ended.getAsLong());
        return now.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] script() {
        try (InputStream in = Objects.requireNonNull(RunsPage.class.getResourceAsStream("watch.js"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
