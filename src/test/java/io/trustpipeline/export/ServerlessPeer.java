package io.trustpipeline.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;

/** Redshift Serverless's GetWorkgroup and GetCredentials, in the AWS JSON 1.1 protocol, for one workgroup. */
final class ServerlessPeer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String workgroup;
    private final String database;
    private final int port;

    ServerlessPeer(String workgroup, String database, int port) throws IOException {
        this.workgroup = workgroup;
        this.database = database;
        this.port = port;
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        String asked = request.path("workgroupName").asText();
        if (!asked.equals(workgroup)) {
            answer(exchange, 400, Map.of("__type", "ResourceNotFoundException", "message", "no workgroup " + asked));
        } else if (target.equals("RedshiftServerless.GetWorkgroup")) {
            Map<String, Object> endpoint = Map.of("address", "127.0.0.1", "port", port);
            answer(exchange, 200, Map.of("workgroup", Map.of("workgroupName", asked, "endpoint", endpoint)));
        } else if (!target.equals("RedshiftServerless.GetCredentials")
                || !request.path("dbName").asText().equals(database)) {
            answer(exchange, 400, Map.of("__type", "AccessDeniedException", "message", "not authorized"));
        } else {
            answer(
                    exchange,
                    200,
                    Map.of("dbUser", "IAMR:trust", "dbPassword", "for-some-minutes", "expiration", 1_900_000_000L));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] json = JSON.writeValueAsBytes(body);
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
