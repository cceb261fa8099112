package io.trustpipeline.features;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** AWS's own DynamoDB Local, with a door before it that can throttle as the service does. */
public final class DynamoPeer implements AutoCloseable {
    public static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test", "AWS_REGION", "us-east-2");

    private static final String THROTTLED =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
                    + "\"message\":\"The level of configured provisioned throughput for the table was exceeded.\"}";

    private final DynamoDBProxyServer server;
    private final HttpServer door;
    private final HttpClient behind = HttpClient.newHttpClient();
    private final URI local;
    private final AtomicInteger throttle = new AtomicInteger();
    private final AtomicInteger throttled = new AtomicInteger();

    private DynamoPeer(DynamoDBProxyServer server, URI local, HttpServer door) {
        this.server = server;
        this.local = local;
        this.door = door;
    }

    public static DynamoPeer start() throws Exception {
        int port = freePort();
        DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-disableTelemetry", "-port", "" + port});
        server.start();
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DynamoPeer peer = new DynamoPeer(server, URI.create("http://127.0.0.1:" + port), door);
        door.createContext("/", peer::answer);
        door.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "dynamo-door");
            thread.setDaemon(true);
            return thread;
        }));
        door.start();
        return peer;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (throttle.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throttled.incrementAndGet();
            send(exchange, 400, THROTTLED.getBytes(StandardCharsets.UTF_8));
            return;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(local).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Authorization", "X-Amz-Date", "X-Amz-Target", "Content-Type")) {
            if (exchange.getRequestHeaders().containsKey(name)) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
        }
        try {
            HttpResponse<byte[]> answer = behind.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort());
    }

    /** Refuses this many requests from now on. */
    public void throttle(int requests) {
        throttle.set(requests);
    }

    public int throttled() {
        return throttled.get();
    }

    public DynamoDbClientBuilder client() {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_2)
                .httpClientBuilder(ApacheHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    public void createTable(String table) {
        try (DynamoDbClient client = client().build()) {
            client.createTable(create -> create.tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(
                            customer -> customer.attributeName("customer_id").attributeType(ScalarAttributeType.S),
                            date -> date.attributeName("date").attributeType(ScalarAttributeType.S))
                    .keySchema(
                            customer -> customer.attributeName("customer_id").keyType(KeyType.HASH),
                            date -> date.attributeName("date").keyType(KeyType.RANGE)));
        }
    }

    /** Every item as text, sorted, without what names the run. */
    public List<String> items(String table) {
        try (DynamoDbClient client = client().build()) {
            return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                    .map(item -> {
                        Map<String, Object> shown = new TreeMap<>(item);
                        shown.remove("run_id");
                        shown.remove("generation");
                        return shown.toString();
                    })
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws Exception {
        door.stop(0);
        server.stop();
    }
}
