package io.trustpipeline.faults;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The head of a request or an answer, as it stands on the wire, with its empty line. */
record HttpHead(String text) {
    private static final int LARGEST = 64 << 10;

    /** Reads up to the empty line; empty when the connection was closed instead. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int line = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            bytes.write(next);
            if (next == '\n') {
                if (line == 0) {
                    return Optional.of(new HttpHead(bytes.toString(ISO_8859_1)));
                }
                line = 0;
            } else if (next != '\r') {
                line++;
            }
            if (bytes.size() > LARGEST) {
                throw new IOException("a head without an end");
            }
        }
        if (bytes.size() > 0) {
            throw new EOFException("a head cut short");
        }
        return Optional.empty();
    }

    /** The request's method and decoded target, such as {@code PUT /bucket/key}. */
    String call() {
        String[] words = text.lines().findFirst().orElseThrow().split(" ");
        return words[0] + " " + URLDecoder.decode(words[1], UTF_8);
    }

    int status() {
        return Integer.parseInt(text.split(" ")[1]);
    }

    Optional<String> header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    /** How many bytes follow; none without the header. */
    long bodyLength() {
        return header("Content-Length").map(Long::parseLong).orElse(0L);
    }

    /** The same head, for a connection that carries one exchange only. */
    byte[] forOneExchange() {
        StringBuilder head = new StringBuilder();
        for (String line : text.split("\r\n")) {
            if (!line.toLowerCase(Locale.ROOT).startsWith("connection:")) {
                head.append(line).append("\r\n");
            }
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1);
    }
}
