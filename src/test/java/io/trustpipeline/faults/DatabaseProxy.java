package io.trustpipeline.faults;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Stands on the wire between a program and a PostgreSQL server; what the server sends passes or is broken here. */
public final class DatabaseProxy implements AutoCloseable {
    /** What happens to a connection once the server has sent so many bytes, or is asked something. */
    public enum Fault {
        /** The connection is reset; what the server did stays done. */
        DROP,
        /** Nothing more comes, and nobody says so. */
        SILENCE,
        /** A date is something else. */
        WRONG_TYPE,
        /** The connection is closed before the server says a word. */
        REFUSE
    }

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final long SILENCE_SECONDS = 120;
    private static final int LONGEST_CALL = 200;

    private final int port;
    private final Fault fault;
    private final @Nullable Pattern call;
    private final int afterBytes;
    private final int skip;
    private final int times;
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile boolean healed;
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "database-proxy");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Hits every connection.
     *
     * @param port of the server on this machine
     * @param afterBytes of the server
     */
    public DatabaseProxy(int port, Fault fault, int afterBytes) throws IOException {
        this(port, fault, null, afterBytes, 0, Integer.MAX_VALUE);
    }

    /**
     * Hits the answers to some calls.
     *
     * @param call found in what the program sends
     * @param skip how many such calls are left alone first
     * @param times how many are hit then
     */
    public DatabaseProxy(int port, Fault fault, String call, int skip, int times) throws IOException {
        this(port, fault, Pattern.compile(call), 0, skip, times);
    }

    private DatabaseProxy(int port, Fault fault, @Nullable Pattern call, int afterBytes, int skip, int times)
            throws IOException {
        this.port = port;
        this.fault = fault;
        this.call = call;
        this.afterBytes = afterBytes;
        this.skip = skip;
        this.times = times;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on everything works. */
    public void heal() {
        healed = true;
    }

    public int struck() {
        return struck.get();
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

    private boolean strikes() {
        int number = healed ? -1 : met.getAndIncrement();
        return number >= skip && number - skip < times;
    }

    private void serve(Socket client) {
        try (client) {
            boolean broken = call == null && strikes();
            if (broken && fault == Fault.REFUSE) {
                struck.incrementAndGet();
                client.setSoLinger(true, 0);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Wire wire = new Wire(client, server, broken);
                threads.submit(wire::ask);
                wire.answer();
            }
        } catch (IOException | InterruptedException ended) {
            // One side went away; the other one sees that.
        }
    }

    /** One connection of the program, and the one that it stands for. */
    private final class Wire {
        private final Socket client;
        private final Socket server;
        private final CountDownLatch clientGone = new CountDownLatch(1);
        private volatile boolean broken;

        Wire(Socket client, Socket server, boolean broken) {
            this.client = client;
            this.server = server;
            this.broken = broken;
        }

        /** Passes on what the program says, and listens for the call. */
        Void ask() throws IOException {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            String said = "";
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    said += new String(buffer, 0, read, ISO_8859_1);
                    if (call != null && !broken && call.matcher(said).find()) {
                        // Only an answer with a date can be hit by a wrong one.
                        broken = fault == Fault.WRONG_TYPE || strikes();
                        said = "";
                    }
                    // The rest may be the beginning of a call.
                    said = said.substring(Math.max(0, said.length() - LONGEST_CALL));
                    out.write(buffer, 0, read);
                    out.flush();
                }
            } finally {
                clientGone.countDown();
            }
            return null;
        }

        /** Passes on what the server says, until it is to be broken. */
        void answer() throws IOException, InterruptedException {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            long sent = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (broken && fault == Fault.WRONG_TYPE) {
                    read = wrongDates(buffer, read);
                } else if (broken && sent + read > afterBytes) {
                    struck.incrementAndGet();
                    out.write(buffer, 0, (int) Math.max(0, afterBytes - sent));
                    out.flush();
                    if (fault == Fault.SILENCE) {
                        clientGone.await(SILENCE_SECONDS, TimeUnit.SECONDS);
                    }
                    client.setSoLinger(true, 0);
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
                sent += read;
            }
        }

        /** The same number of bytes, so that the protocol's lengths hold. */
        private int wrongDates(byte[] buffer, int read) {
            String text = new String(buffer, 0, read, ISO_8859_1);
            Matcher dates = DATE.matcher(text);
            if (!dates.find() || !strikes()) {
                return read;
            }
            struck.incrementAndGet();
            byte[] changed = dates.replaceAll("not-a-date").getBytes(ISO_8859_1);
            System.arraycopy(changed, 0, buffer, 0, changed.length);
            return changed.length;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
