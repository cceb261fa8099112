package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.config.Settings;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobKeys;
import io.trustpipeline.transcripts.jobs.JobRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** PostgreSQL, DynamoDB Local and ElasticMQ for tests; each world has its own database, table and queues on them. */
final class TranscriptServers {
    private static final int VISIBILITY_SECONDS = 2;
    static final Path DEMO = Path.of(System.getProperty("project.dir", "."), "demo/transcripts");

    private final LocalServers servers;
    private final AtomicInteger worlds = new AtomicInteger();

    private TranscriptServers(LocalServers servers) {
        this.servers = servers;
    }

    /** They take seconds to start, so all tests of a JVM share them. */
    private static final class Holder {
        static final TranscriptServers SHARED =
                new TranscriptServers(LocalServers.start(TranscriptServers.class.getClassLoader()));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SHARED.servers::close));
        }
    }

    static TranscriptServers shared() {
        return Holder.SHARED;
    }

    /** A place of its own. */
    World world(Path home) throws SQLException {
        return world(home, VISIBILITY_SECONDS);
    }

    /** @param visibility for how many seconds a message that was handed out is hidden */
    World world(Path home, int visibility) throws SQLException {
        int number = worlds.incrementAndGet();
        String name = "world" + number;
        execute(servers.database(), "CREATE DATABASE " + name);
        Map<String, String> settings = new HashMap<>(servers.settings());
        settings.put("trust.database.url", servers.database().replace("/postgres?", "/" + name + "?"));
        settings.put("trust.transcripts.table", name);
        settings.put("trust.transcripts.score-queue", name + "-score");
        settings.put("trust.transcripts.aggregate-queue", name + "-aggregate");
        settings.put("trust.transcripts.visibility", visibility + "s");
        settings.put("trust.management.port", "0");
        settings.put("trust.models.threads", "2");
        settings.put("trust.run.home", home.toString());
        servers.provision(new LocalProvisioning(name, name + "-score", name + "-aggregate", visibility));
        return new World(name, servers.database(), settings);
    }

    /**
     * A database, a table and queues.
     *
     * @param admin the URL of another database of the server
     */
    record World(String name, String admin, Map<String, String> given) {
        Settings settings() {
            return new PlaceOptions().settings(given);
        }

        /** The same as variables of a process. */
        Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>();
            given.forEach(
                    (key, value) -> environment.put(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
            return environment;
        }

        List<String> query(String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(given.get("trust.database.url"));
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(rows.getString(1));
                }
                return all;
            }
        }

        /** Nobody gets in any more, and who is in is thrown out. */
        void shutDatabase() throws SQLException {
            execute(admin, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
            execute(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }

        void openDatabase() throws SQLException {
            execute(admin, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
        }

        SqsClient queues() {
            return SqsClient.builder()
                    .endpointOverride(URI.create(given.get("trust.transcripts.queue-endpoint")))
                    .region(Region.US_EAST_2)
                    .credentialsProvider(LocalServers.credentials())
                    .build();
        }

        void send(String queue, String body) {
            try (SqsClient client = queues()) {
                client.sendMessage(
                        send -> send.queueUrl(url(client, name + "-" + queue)).messageBody(body));
            }
        }

        int deadLetters(String queue) {
            try (SqsClient client = queues()) {
                return Integer.parseInt(client.getQueueAttributes(
                                get -> get.queueUrl(url(client, LocalProvisioning.deadLetters(name + "-" + queue)))
                                        .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes()
                        .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
            }
        }

        private static String url(SqsClient client, String queue) {
            return client.getQueueUrl(get -> get.queueName(queue)).queueUrl();
        }
    }

    static JsonNode roster() {
        try {
            return new JsonMapper().readTree(DEMO.resolve("roster.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a lesson of the demo. */
    static JobRequest request(TranscriptsApplication application, String jobId, String file, LocalDate date) {
        return new JobRequest(
                jobId,
                jobId,
                JobKeys.raw("test", "7b", date, jobId, file),
                file,
                "7b",
                date,
                roster(),
                "test",
                "tester",
                application.analysisMode(),
                application.modelVersion());
    }

    static Job submit(TranscriptsApplication application, String jobId, String file, LocalDate date) {
        return application.submit(request(application, jobId, file, date), DEMO.resolve(file));
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
