package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.config.SecretReferences;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.Sources;
import io.trustpipeline.credits.fakes.LookerServer;
import io.trustpipeline.credits.fakes.SlackServer;
import io.trustpipeline.credits.fakes.StatementServer;
import io.trustpipeline.run.ExitCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Slack, Looker and the warehouse of the demo, and polls of them. */
final class CreditsWorld implements AutoCloseable {
    static final Path DEMO = SmallData.PROJECT.resolve("demo/credits");
    static final String LINK = "<https://example.looker.com/looks/7|look>";

    final SlackServer slack;
    final LookerServer looker;
    final StatementServer warehouse;
    private final Path folder;

    private CreditsWorld(Path folder, SlackServer slack, LookerServer looker, StatementServer warehouse) {
        this.folder = folder;
        this.slack = slack;
        this.looker = looker;
        this.warehouse = warehouse;
    }

    static CreditsWorld in(Path folder) throws Exception {
        CreditsWorld world = new CreditsWorld(
                folder,
                SlackServer.started("credit_memo_testing"),
                LookerServer.started(),
                StatementServer.started(Files.readString(DEMO.resolve("warehouse.sql"))));
        world.looker.put("7", look());
        return world;
    }

    /** The SQL of the demo's look. */
    static String look() throws IOException {
        return Files.readString(DEMO.resolve("look.sql"));
    }

    /** A process's environment, with times scaled down. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRUST_CREDITS_SLACK_API", slack.api().toString());
        environment.put("TRUST_CREDITS_SLACK_TOKEN", SlackServer.TOKEN);
        environment.put("TRUST_CREDITS_SLACK_REVIEWER", "U0000002");
        environment.put("TRUST_CREDITS_SLACK_LEASE", "0.5s");
        environment.put("TRUST_CREDITS_LOOKER_URL", looker.address().toString());
        environment.put("TRUST_CREDITS_LOOKER_HOST", "example.looker.com");
        environment.put("TRUST_CREDITS_LOOKER_CLIENT_ID", LookerServer.CLIENT_ID);
        environment.put("TRUST_CREDITS_LOOKER_CLIENT_SECRET", LookerServer.CLIENT_SECRET);
        environment.put("TRUST_CREDITS_WAREHOUSE_URL", warehouse.jdbcUrl());
        environment.put("TRUST_CREDITS_CALL_PAUSE", "0.01s");
        environment.put("TRUST_CREDITS_ATTEMPT_PAUSE", "0.001s");
        environment.put("TRUST_CREDITS_ATTEMPTS", "2");
        environment.put("TRUST_MANAGEMENT_PORT", "0");
        return environment;
    }

    /** The program, open for several polls. */
    Program open(Map<String, String> more, boolean dryRun) throws Exception {
        Map<String, String> environment = environment();
        environment.putAll(more);
        Settings settings = Settings.load(
                new Sources(folder, null, environment, Map.of("trust.run.home", home().toString())),
                new SecretReferences(environment, "us-east-2", null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        return new Program(CreditsApplication.start(settings, console, dryRun), out);
    }

    record Program(CreditsApplication application, ByteArrayOutputStream out) implements AutoCloseable {
        ExitCode poll() throws Exception {
            return application.poll();
        }

        String printed() {
            return out.toString(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            application.close();
        }
    }

    String write(String text) {
        return slack.write(Instant.now(), text);
    }

    Path home() {
        return folder.resolve("home");
    }

    private Path objects() {
        return Invocation.bucket(home()).resolve("credits-automation");
    }

    JsonNode state(String ts) throws IOException {
        return new JsonMapper()
                .readTree(objects().resolve("messages/" + ts + ".json").toFile());
    }

    List<Path> files(String below) throws IOException {
        Path start = objects().resolve(below);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        slack.close();
        looker.close();
        warehouse.close();
    }
}
