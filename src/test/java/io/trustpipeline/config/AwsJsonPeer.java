package io.trustpipeline.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Systems Manager's GetParameter and Secrets Manager's GetSecretValue, in the AWS JSON 1.1 protocol. */
final class AwsJsonPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, String> values = new TreeMap<>();
    private int status = 200;
    private int requests;

    AwsJsonPeer() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void parameter(String name, String value) {
        values.put("AmazonSSM.GetParameter " + name, value);
    }

    synchronized void secret(String name, String value) {
        values.put("secretsmanager.GetSecretValue " + name, value);
    }

    synchronized void answerWith(int status) {
        this.status = status;
    }

    synchronized int requests() {
        return requests;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        requests++;
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        boolean parameter = target.equals("AmazonSSM.GetParameter");
        String name = request.get(parameter ? "Name" : "SecretId").asText();
        String value = values.get(target + " " + name);
        if (status != 200) {
            answer(exchange, status, Map.of("__type", "InternalServerError", "message", "scripted"));
        } else if (value == null) {
            String type = parameter ? "ParameterNotFound" : "ResourceNotFoundException";
            answer(exchange, 400, Map.of("__type", type, "message", "no " + name));
        } else if (parameter && !request.path("WithDecryption").asBoolean()) {
            answer(exchange, 200, Map.of("Parameter", Map.of("Name", name, "Value", "AQICAH encrypted")));
        } else if (parameter) {
            answer(exchange, 200, Map.of("Parameter", Map.of("Name", name, "Value", value)));
        } else {
            answer(exchange, 200, Map.of("Name", name, "SecretString", value));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] json = JSON.writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
