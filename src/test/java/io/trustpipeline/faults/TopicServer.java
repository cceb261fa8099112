package io.trustpipeline.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A topic that takes what SNS takes: form-encoded {@code Publish} requests. It remembers every message. */
public final class TopicServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> messages = new ArrayList<>();

    public TopicServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::publish);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    private synchronized void publish(HttpExchange exchange) throws IOException {
        try (exchange) {
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            for (String field : form.split("&")) {
                if (field.startsWith("Message=")) {
                    messages.add(URLDecoder.decode(field.substring("Message=".length()), UTF_8));
                }
            }
            byte[] answer = ("<PublishResponse><PublishResult><MessageId>" + messages.size()
                            + "</MessageId></PublishResult></PublishResponse>")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
