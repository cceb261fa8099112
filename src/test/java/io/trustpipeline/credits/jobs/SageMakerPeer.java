package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/** SageMaker's processing jobs, and the log that they leave in CloudWatch, in the AWS JSON 1.1 protocol. */
public final class SageMakerPeer implements AutoCloseable {
    /** Of every job's log. */
    public static final String LAST_LINE = "out of memory, said the job";

    private static final JsonMapper JSON = new JsonMapper();
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
    private static final String ARN = "arn:aws:sagemaker:us-east-2:111122223333:processing-job/";

    private final HttpServer server;
    private final Function<JsonNode, String> work;
    private final ExecutorService instances = Executors.newCachedThreadPool();
    private final Map<String, Future<String>> jobs = new HashMap<>();
    private final List<JsonNode> created = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Deque<Map.Entry<Integer, String>> instead = new ArrayDeque<>();

    /** @param work does what a job asks for and returns its status; {@code InProgress} never ends */
    public SageMakerPeer(Function<JsonNode, String> work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A call as it came over the wire. @param scope of its signature, from the region on */
    record Call(String target, String contentType, String scope, JsonNode request) {}

    ProcessingJobs jobs() {
        return new ProcessingJobs(client(AwsJsonClient.Service.SAGEMAKER));
    }

    AwsJsonClient client(AwsJsonClient.Service service) {
        return new AwsJsonClient(service, Region.US_EAST_2, Optional.of(endpoint()), CREDENTIALS);
    }

    /** The SDK's own client of a service, for the same place. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C sdk(B builder) {
        return builder.region(Region.US_EAST_2)
                .endpointOverride(endpoint())
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The next calls are answered by these instead, in their order: a status, and a body that may be no JSON. */
    synchronized void answerFirst(List<Map.Entry<Integer, String>> answers) {
        instead.addAll(answers);
    }

    /** What a job's container is started with. */
    public static List<String> arguments(JsonNode job) {
        List<String> arguments = new ArrayList<>();
        job.at("/AppSpecification/ContainerArguments").forEach(each -> arguments.add(each.asText()));
        return arguments;
    }

    public synchronized List<JsonNode> created() {
        return List.copyOf(created);
    }

    synchronized List<String> stopped() {
        return List.copyOf(stopped);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        Headers headers = exchange.getRequestHeaders();
        calls.add(new Call(
                headers.getFirst("X-Amz-Target"),
                headers.getFirst("Content-Type"),
                headers.getFirst("Authorization").replaceAll(".*Credential=test/[0-9]+/([^,]+),.*", "$1"),
                request));
        if (!instead.isEmpty()) {
            Map.Entry<Integer, String> answer = instead.remove();
            answer(exchange, answer.getKey(), answer.getValue().getBytes(UTF_8));
            return;
        }
        String name = request.path("ProcessingJobName").asText();
        switch (headers.getFirst("X-Amz-Target")) {
            case "SageMaker.CreateProcessingJob" -> create(exchange, name, request);
            case "SageMaker.StopProcessingJob" -> {
                stopped.add(name);
                answer(exchange, 200, JSON.createObjectNode());
            }
            case "Logs_20140328.DescribeLogStreams" ->
                answer(
                        exchange,
                        200,
                        list(
                                "logStreams",
                                "logStreamName",
                                request.path("logStreamNamePrefix").asText()));
            case "Logs_20140328.GetLogEvents" -> answer(exchange, 200, list("events", "message", LAST_LINE));
            default -> describe(exchange, name);
        }
    }

    private void create(HttpExchange exchange, String name, JsonNode request) throws IOException {
        if (jobs.containsKey(name)) {
            answer(
                    exchange,
                    400,
                    JSON.createObjectNode().put("__type", "ResourceInUse").put("message", "exists"));
            return;
        }
        created.add(request);
        jobs.put(name, instances.submit(() -> work.apply(request)));
        answer(exchange, 200, JSON.createObjectNode().put("ProcessingJobArn", ARN + name));
    }

    private void describe(HttpExchange exchange, String name) throws IOException {
        String status = status(Objects.requireNonNull(jobs.get(name)));
        ObjectNode job = JSON.createObjectNode();
        job.put("ProcessingJobName", name).put("ProcessingJobArn", ARN + name).put("ProcessingJobStatus", status);
        if (status.equals("Failed")) {
            job.put("FailureReason", "AlgorithmError: exit code 70");
        }
        answer(exchange, 200, job);
    }

    private static String status(Future<String> job) {
        try {
            return job.isDone() ? job.get() : "InProgress";
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode list(String name, String field, String value) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray(name).addObject().put(field, value);
        return answer;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        answer(exchange, status, body.toString().getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        instances.shutdownNow();
    }
}
