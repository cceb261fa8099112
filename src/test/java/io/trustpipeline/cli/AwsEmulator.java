package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * AWS in a process of its own: ministack, with S3, Step Functions, ECS, SNS, SQS and CloudFormation. What it gets wrong is
 * listed in docs/cloud.md.
 */
final class AwsEmulator implements AutoCloseable {
    static final String REGION = "us-east-2";

    private static final JsonMapper JSON = new JsonMapper();
    /** In place of AWS's access and secret keys; the emulator derives the account from the first. */
    private static final String KEY = "test";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final URI endpoint;

    private AwsEmulator(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** @param log what the emulator prints */
    static AwsEmulator start(Path log) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        PythonTools.installed("emulator").program("ministack").toString())
                .directory(log.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // No Docker: a task of the emulator's ECS stays a record, which FargateDouble carries out.
        builder.environment()
                .putAll(Map.of(
                        "GATEWAY_PORT",
                        String.valueOf(port),
                        "BIND_HOST",
                        "127.0.0.1",
                        "DOCKER_HOST",
                        "unix:///nonexistent",
                        "MINISTACK_REGION",
                        REGION));
        AwsEmulator emulator = new AwsEmulator(builder.start(), URI.create("http://127.0.0.1:" + port));
        emulator.awaitReady();
        return emulator;
    }

    private void awaitReady() throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try {
                HttpRequest health = HttpRequest.newBuilder(endpoint.resolve("/_ministack/health"))
                        .build();
                if (http.send(health, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is starting.
            }
            Thread.sleep(100);
        }
        close();
        throw new IllegalStateException("the emulator does not start");
    }

    /** What a program needs in its environment to take this for AWS. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", endpoint.toString(),
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", KEY);
    }

    URI endpoint() {
        return endpoint;
    }

    /** A client of one service. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    S3Client s3() {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .build();
    }

    JsonNode stepFunctions(String action, Object body) throws IOException, InterruptedException {
        return json("states", "AWSStepFunctions." + action, body);
    }

    /** Starts an execution of a state machine and waits for its end. */
    JsonNode execute(String stateMachineArn, String name, String input) throws IOException, InterruptedException {
        String execution = stepFunctions(
                        "StartExecution", Map.of("stateMachineArn", stateMachineArn, "name", name, "input", input))
                .path("executionArn")
                .asText();
        for (int i = 0; i < 1_200; i++) {
            JsonNode now = stepFunctions("DescribeExecution", Map.of("executionArn", execution));
            if (!now.path("status").asText().equals("RUNNING")) {
                return now;
            }
            Thread.sleep(250);
        }
        throw new IllegalStateException(name + " does not end");
    }

    JsonNode ecs(String action, Object body) throws IOException, InterruptedException {
        return json("ecs", "AmazonEC2ContainerServiceV20141113." + action, body);
    }

    JsonNode events(String action, Object body) throws IOException, InterruptedException {
        return json("events", "AWSEvents." + action, body);
    }

    JsonNode sqs(String action, Object body) throws IOException, InterruptedException {
        return json("sqs", "AmazonSQS." + action, body);
    }

    private JsonNode json(String service, String target, Object body) throws IOException, InterruptedException {
        HttpRequest request = signed(service)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        String answer = send(request);
        return answer.isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer);
    }

    /** A call of a service that speaks the Query protocol, such as SNS and CloudFormation. @return XML */
    String query(String service, Map<String, String> parameters) throws IOException, InterruptedException {
        String form = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(signed(service)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    /** Names the service as a signature does; the emulator checks none. */
    private HttpRequest.Builder signed(String service) {
        return HttpRequest.newBuilder(endpoint.resolve("/"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=none"
                                .formatted(KEY, REGION, service));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
