package io.trustpipeline.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Stands on the wire between a program and an HTTP service and does to some exchanges what networks and services do. */
public final class FaultProxy implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long SLOW_START_MILLIS = 700;
    private static final int SLOW_PIECE = 512;
    private static final long SLOW_PAUSE_MILLIS = 10;
    private static final long SKEW_HOURS = 1;

    private final URI service;
    private final FaultPlan plan;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });

    public FaultProxy(URI service, FaultPlan plan) throws IOException {
        this.service = service;
        this.plan = plan;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.submit(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(PATIENCE_MILLIS);
            HttpHead request = HttpHead.read(client.getInputStream()).orElse(null);
            if (request == null) {
                return;
            }
            if (!plan.strikes(request)) {
                forward(client, request, null);
            } else if (plan.fault().answered()) {
                answer(client, request);
            } else {
                forward(client, request, plan.fault());
            }
        } catch (IOException | InterruptedException broken) {
            // One side went away; the other one sees that.
        }
    }

    private void answer(Socket client, HttpHead request) throws IOException {
        if (request.header("Expect").isEmpty()) {
            client.getInputStream().readNBytes((int) request.bodyLength());
        }
        byte[] body = request.call().startsWith("HEAD ")
                ? new byte[0]
                : plan.fault().body().getBytes(UTF_8);
        ZonedDateTime now =
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(plan.fault() == HttpFault.CLOCK_SKEW ? SKEW_HOURS : 0);
        String head = "HTTP/1.1 " + plan.fault().status() + "\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length + "\r\nDate: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now)
                + "\r\nConnection: close\r\n\r\n";
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
        client.shutdownOutput();
        client.setSoTimeout(1_000);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void forward(Socket client, HttpHead request, HttpFault fault) throws IOException, InterruptedException {
        try (Socket upstream = new Socket(service.getHost(), service.getPort())) {
            upstream.setSoTimeout(PATIENCE_MILLIS);
            OutputStream toService = upstream.getOutputStream();
            toService.write(request.forOneExchange());
            toService.flush();
            if (fault == HttpFault.RESET_IN_REQUEST) {
                copy(client.getInputStream(), toService, expected(request) ? 0 : request.bodyLength() / 2);
                reset(upstream);
                reset(client);
                return;
            }
            threads.submit(() -> copy(client.getInputStream(), toService, request.bodyLength()));
            answerOf(upstream, client, request, fault);
        }
    }

    /** Without the service's consent the client does not send the body at all. */
    private static boolean expected(HttpHead request) {
        return request.header("Expect").isPresent();
    }

    private void answerOf(Socket upstream, Socket client, HttpHead request, HttpFault fault)
            throws IOException, InterruptedException {
        InputStream in = upstream.getInputStream();
        OutputStream out = client.getOutputStream();
        HttpHead head = HttpHead.read(in).orElseThrow(() -> new IOException("no answer"));
        while (head.status() < 200) {
            out.write(head.text().getBytes(ISO_8859_1));
            out.flush();
            head = HttpHead.read(in).orElseThrow(() -> new IOException("no answer"));
        }
        if (fault == HttpFault.LOST_ANSWER) {
            reset(client);
            return;
        }
        if (fault == HttpFault.SLOW) {
            Thread.sleep(SLOW_START_MILLIS);
        }
        out.write(head.forOneExchange());
        out.flush();
        if (fault == HttpFault.RESET_IN_ANSWER) {
            copy(in, out, request.call().startsWith("HEAD ") ? 0 : head.bodyLength() / 2);
            reset(client);
        } else if (fault == HttpFault.SLOW) {
            for (byte[] piece = in.readNBytes(SLOW_PIECE); piece.length > 0; piece = in.readNBytes(SLOW_PIECE)) {
                out.write(piece);
                out.flush();
                Thread.sleep(SLOW_PAUSE_MILLIS);
            }
        } else {
            in.transferTo(out);
        }
    }

    private static Void copy(InputStream in, OutputStream out, long bytes) throws IOException {
        byte[] buffer = new byte[8 << 10];
        for (long left = bytes; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            out.write(buffer, 0, read);
            out.flush();
            left -= read;
        }
        return null;
    }

    /** Closes with a reset instead of an end. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
