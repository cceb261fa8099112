package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final String ARN = "arn:aws:sagemaker:us-east-2:111122223333:processing-job/";

    private final HttpServer server;
    private final Function<JsonNode, String> work;
    private final ExecutorService instances = Executors.newCachedThreadPool();
    private final Map<String, Future<String>> jobs = new HashMap<>();
    private final List<JsonNode> created = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();

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

    SageMakerClient client() {
        return SageMakerClient.builder()
                .region(Region.US_EAST_2)
                .endpointOverride(endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
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
        String name = request.path("ProcessingJobName").asText();
        switch (exchange.getRequestHeaders().getFirst("X-Amz-Target")) {
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
        byte[] json = body.toString().getBytes(UTF_8);
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
