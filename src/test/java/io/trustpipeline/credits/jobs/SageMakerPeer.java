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
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/** SageMaker's processing jobs in the AWS JSON 1.1 protocol; a job does its work when it is looked at the second time. */
final class SageMakerPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ARN = "arn:aws:sagemaker:us-east-2:111122223333:processing-job/";

    private final HttpServer server;
    private final Function<List<String>, String> work;
    private final Map<String, ObjectNode> jobs = new HashMap<>();
    private final List<JsonNode> created = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();

    /** @param work does what the arguments say and returns the job's status; {@code InProgress} never ends */
    SageMakerPeer(Function<List<String>, String> work) throws IOException {
        this.work = work;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    SageMakerClient client() {
        return SageMakerClient.builder()
                .region(Region.US_EAST_2)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    synchronized List<JsonNode> created() {
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
        ObjectNode job = JSON.createObjectNode();
        job.put("ProcessingJobName", name).put("ProcessingJobArn", ARN + name).put("ProcessingJobStatus", "InProgress");
        job.put("looks", 0);
        jobs.put(name, job);
        answer(exchange, 200, JSON.createObjectNode().put("ProcessingJobArn", ARN + name));
    }

    private void describe(HttpExchange exchange, String name) throws IOException {
        ObjectNode job = jobs.get(name);
        int looks = job.path("looks").asInt() + 1;
        job.put("looks", looks);
        if (looks == 2) {
            JsonNode request = created.get(created.size() - 1);
            List<String> arguments = new ArrayList<>();
            request.at("/AppSpecification/ContainerArguments").forEach(each -> arguments.add(each.asText()));
            String status = work.apply(arguments);
            job.put("ProcessingJobStatus", status);
            if (status.equals("Failed")) {
                job.put("FailureReason", "AlgorithmError: exit code 70");
            }
        }
        answer(exchange, 200, job);
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
    }
}
