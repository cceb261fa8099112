package io.trustpipeline.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Step Functions' side of a task token, in the AWS JSON 1.0 protocol: remembers what it is sent and answers as told. */
public final class SfnPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, String> refusals = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    /** One request, such as {@code SendTaskSuccess}. */
    public record Call(String action, JsonNode body) {}

    public SfnPeer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    SfnClient client() {
        return SfnClient.builder()
                .region(Region.US_EAST_2)
                .endpointOverride(endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** From now on an action is answered with an error, such as {@code TaskTimedOut}. */
    synchronized void refuse(String action, String error) {
        refusals.put(action, error);
    }

    /** From now on an action is answered with this JSON. */
    public synchronized void answer(String action, String json) {
        answers.put(action, json);
    }

    public List<Call> calls(String action) {
        return calls.stream().filter(call -> call.action().equals(action)).toList();
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String action = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("AWSStepFunctions.", "");
        calls.add(new Call(action, JSON.readTree(exchange.getRequestBody())));
        String error = refusals.get(action);
        byte[] answer = (error == null
                        ? answers.getOrDefault(action, "{}")
                        : "{\"__type\":\"com.amazonaws.swf.service.v2.model#%s\",\"message\":\"scripted\"}"
                                .formatted(error))
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(error == null ? 200 : 400, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
