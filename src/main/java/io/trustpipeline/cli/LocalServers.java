package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * PostgreSQL, DynamoDB Local and ElasticMQ (SQS) for a demo on one computer, each speaking its real protocol on loopback.
 * They are no part of the program: the launcher fetches them, as the tests do, and they live in a class loader of their
 * own, because their libraries are not ours. That is why they are met by reflection.
 */
final class LocalServers implements AutoCloseable {
    static final String TABLE = "trust-transcripts-jobs";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private String database = "";
    private URI dynamo = URI.create("");
    private URI queues = URI.create("");

    private LocalServers() {}

    /**
     * Starts all three, side by side.
     *
     * @param classPath a file with the class path of the servers, as the launcher writes it
     */
    static LocalServers start(Path classPath) {
        try {
            List<URL> urls = new ArrayList<>();
            for (String entry : Files.readString(classPath).strip().split(File.pathSeparator)) {
                Path jar = Path.of(entry);
                // Without it the servers' libraries have nowhere to log, and say nothing between the demo's lines.
                if (!jar.getFileName().toString().startsWith("logback-")) {
                    urls.add(jar.toUri().toURL());
                }
            }
            return start(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    classPath
                            + ": missing; start the program by ./trust-pipeline, which fetches the servers of the demo",
                    e);
        }
    }

    /** @param loader that knows the servers */
    static LocalServers start(ClassLoader loader) {
        // What libraries of these servers have to say about loggers is of no use to anybody here.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        LocalServers servers = new LocalServers();
        CompletableFuture<Integer> postgres = servers.starting(loader, () -> servers.startPostgres(loader));
        CompletableFuture<Integer> tables = servers.starting(loader, () -> servers.startDynamo(loader));
        CompletableFuture<Integer> messages = servers.starting(loader, () -> servers.startQueues(loader));
        try {
            servers.database = "jdbc:postgresql://127.0.0.1:" + postgres.join() + "/postgres?user=postgres";
            servers.dynamo = URI.create("http://127.0.0.1:" + tables.join());
            servers.queues = URI.create("http://127.0.0.1:" + messages.join());
        } catch (CompletionException e) {
            servers.close();
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "a server of the demo does not start: " + e.getCause(), e);
        }
        return servers;
    }

    private CompletableFuture<Integer> starting(ClassLoader loader, Callable<Integer> start) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        port.complete(start.call());
                    } catch (Exception | LinkageError e) {
                        port.completeExceptionally(e);
                    }
                },
                "local-server");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        return port;
    }

    private int startPostgres(ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
        Object builder = type.getMethod("builder").invoke(null);
        Class<?> building = builder.getClass();
        for (String redirect : List.of("setOutputRedirector", "setErrorRedirector")) {
            // Its log quotes values of rows.
            building.getMethod(redirect, ProcessBuilder.Redirect.class)
                    .invoke(builder, ProcessBuilder.Redirect.DISCARD);
        }
        building.getMethod("setServerConfig", String.class, String.class).invoke(builder, "max_connections", "60");
        Object server = building.getMethod("start").invoke(builder);
        push(() -> type.getMethod("close").invoke(server));
        return (Integer) type.getMethod("getPort").invoke(server);
    }

    private int startDynamo(ClassLoader loader) throws Exception {
        int port = freePort();
        Object server = loader.loadClass("software.amazon.dynamodb.services.local.main.ServerRunner")
                .getMethod("createServerFromCommandLineArgs", String[].class)
                .invoke(null, (Object) new String[] {"-inMemory", "-disableTelemetry", "-port", "" + port});
        server.getClass().getMethod("start").invoke(server);
        push(() -> server.getClass().getMethod("stop").invoke(server));
        return port;
    }

    private int startQueues(ClassLoader loader) throws Exception {
        Object builder = loader.loadClass("org.elasticmq.rest.sqs.SQSRestServerBuilder")
                .getMethod("withInterface", String.class)
                .invoke(null, "127.0.0.1");
        builder = builder.getClass().getMethod("withDynamicPort").invoke(builder);
        Object server = builder.getClass().getMethod("start").invoke(builder);
        push(() -> server.getClass().getMethod("stopAndWait").invoke(server));
        Object binding = server.getClass().getMethod("waitUntilStarted").invoke(server);
        return ((InetSocketAddress) binding.getClass().getMethod("localAddress").invoke(binding)).getPort();
    }

    private synchronized void push(AutoCloseable server) {
        opened.push(server);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Makes the table and the queues that a stack has in AWS. */
    void provision(LocalProvisioning provisioning) {
        try (DynamoDbClient tables = DynamoDbClient.builder()
                        .endpointOverride(dynamo)
                        .region(Region.US_EAST_2)
                        .credentialsProvider(credentials())
                        .build();
                SqsClient messages = SqsClient.builder()
                        .endpointOverride(queues)
                        .region(Region.US_EAST_2)
                        .credentialsProvider(credentials())
                        .build()) {
            provisioning.make(tables, messages);
        }
    }

    static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    /** What makes the program use these servers. */
    Map<String, String> settings() {
        return Map.of(
                "trust.database.url",
                database,
                "trust.transcripts.table",
                TABLE,
                "trust.transcripts.table-endpoint",
                dynamo.toString(),
                "trust.transcripts.queue-endpoint",
                queues.toString());
    }

    String database() {
        return database;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                // It ends with the process.
            }
        }
    }
}
