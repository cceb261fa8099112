package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.ReadinessCheck;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service needs to be ready: storage, warehouse, models. */
record ServiceHealth(Settings settings, ObjectStore store, LoadedModels models) {
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 3_000;
    private static final Pattern SERVER = Pattern.compile("jdbc:(redshift|postgresql)://([^:/?]+)(?::(\\d+))?.*");

    /** Found by Camel among the beans. */
    Map<String, Object> beans() {
        Clock clock = Clock.systemUTC();
        return Map.of(
                "storageReady", storage(store),
                "warehouseReady", new ReadinessCheck("warehouse", KEPT, clock, this::warehouse),
                "modelsReady", new ReadinessCheck("models", Duration.ZERO, clock, models::requireLoaded));
    }

    /** All that a service needs that has requests carried out elsewhere. */
    static ReadinessCheck storage(ObjectStore store) {
        return new ReadinessCheck(
                "storage", KEPT, Clock.systemUTC(), () -> store.exists(TrustApplication.PREFIX + "ready"));
    }

    /** A connection is opened and closed; no query, which a warehouse that sleeps would wake for, and be paid for. */
    private void warehouse() throws IOException {
        String url = settings.warehouse().url().orElse("");
        Matcher server = SERVER.matcher(url);
        if (server.matches()) {
            int usual = server.group(1).equals("redshift") ? 5439 : 5432;
            int port = server.group(3) == null ? usual : Integer.parseInt(server.group(3));
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(server.group(2), port), CONNECT_MILLIS);
            } catch (IOException e) {
                throw new IOException("warehouse " + server.group(2) + ":" + port + ": " + e.getMessage(), e);
            }
        } else if (!url.isEmpty() && !url.startsWith("jdbc:") && !Files.exists(Path.of(url))) {
            throw new PipelineException(ExitCode.CONFIGURATION, "warehouse " + url + ": is not there");
        }
    }
}
