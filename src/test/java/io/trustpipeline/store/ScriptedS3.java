package io.trustpipeline.store;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One bucket in memory that can be told to misbehave on the wire. One request at a time. */
final class ScriptedS3 implements AutoCloseable {
    private record Stored(byte[] bytes, String etag, Map<String, String> metadata) {}

    private final HttpServer server;
    private final Map<String, Stored> objects = new HashMap<>();
    private int status;
    private String code = "";
    private int refusals;
    private int lostAnswers;
    private int brokenDownloads;
    private long announcedSize = -1;
    private int puts;

    ScriptedS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void answerNextPuts(int status, String code, int times) {
        this.status = status;
        this.code = code;
        this.refusals = times;
    }

    /** Does what it is asked, but closes the connection instead of saying so. */
    synchronized void loseNextAnswers(int times) {
        lostAnswers = times;
    }

    /** Sends half of the body. */
    synchronized void breakOffNextDownloads(int times) {
        brokenDownloads = times;
    }

    synchronized void announceSize(long size) {
        announcedSize = size;
    }

    synchronized void store(String key, byte[] bytes) {
        objects.put(key, new Stored(bytes, "\"by-hand\"", Map.of()));
    }

    synchronized byte[] stored(String key) {
        return objects.get(key).bytes();
    }

    synchronized int puts() {
        return puts;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath().substring("/data/".length());
            if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, key);
            } else {
                read(exchange, key);
            }
        }
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        byte[] body = unchunked(exchange);
        puts++;
        if (refusals > 0) {
            refusals--;
            error(exchange, status, code);
            return;
        }
        Headers headers = exchange.getRequestHeaders();
        Stored current = objects.get(key);
        String ifMatch = headers.getFirst("If-Match");
        boolean holds = ifMatch == null
                ? current == null
                : current != null && current.etag().equals(ifMatch);
        if (!holds) {
            error(exchange, 412, "PreconditionFailed");
            return;
        }
        Map<String, String> metadata = new HashMap<>();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                metadata.put(name, values.get(0));
            }
        });
        Stored stored = new Stored(body, "\"put-" + puts + "\"", metadata);
        objects.put(key, stored);
        if (lostAnswers > 0) {
            lostAnswers--;
            return;
        }
        exchange.getResponseHeaders().add("ETag", stored.etag());
        exchange.sendResponseHeaders(200, -1);
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        Stored stored = objects.get(key);
        if (stored == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        Headers headers = exchange.getResponseHeaders();
        headers.add("ETag", stored.etag());
        headers.add("Last-Modified", "Tue, 03 Feb 2026 12:00:00 GMT");
        stored.metadata().forEach(headers::add);
        long size = announcedSize >= 0 ? announcedSize : stored.bytes().length;
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.add("Content-Length", Long.toString(size));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, size);
        int sent = stored.bytes().length;
        if (brokenDownloads > 0) {
            brokenDownloads--;
            sent /= 2;
        }
        exchange.getResponseBody().write(stored.bytes(), 0, sent);
        exchange.getResponseBody().flush();
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = "<Error><Code>%s</Code><Message>scripted</Message></Error>"
                .formatted(code)
                .getBytes(UTF_8);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Undoes the aws-chunked encoding: {@code <hex size>;chunk-signature=…CRLF <bytes>CRLF}, ended by a size of 0. */
    private static byte[] unchunked(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        if (!"aws-chunked".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        in.readAllBytes();
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return Integer.parseInt(line.toString().strip().split(";")[0], 16);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
