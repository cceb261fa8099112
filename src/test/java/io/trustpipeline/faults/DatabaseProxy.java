package io.trustpipeline.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Stands on the wire between a program and a PostgreSQL server; what the server sends passes or is broken here. */
public final class DatabaseProxy implements AutoCloseable {
    /** What happens to a connection once the server has sent so many bytes. */
    public enum Fault {
        /** The connection is reset. */
        DROP,
        /** Nothing more comes, and nobody says so. */
        SILENCE,
        /** A date is something else. */
        WRONG_TYPE,
        /** The connection is closed before the server says a word. */
        REFUSE
    }

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final long SILENCE_MILLIS = 120_000;

    private final int port;
    private final Fault fault;
    private final int afterBytes;
    private final AtomicInteger left;
    private final AtomicInteger struck = new AtomicInteger();
    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "database-proxy");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param port of the server on this machine
     * @param times how many connections are hit
     */
    public DatabaseProxy(int port, Fault fault, int afterBytes, int times) throws IOException {
        this.port = port;
        this.fault = fault;
        this.afterBytes = afterBytes;
        this.left = new AtomicInteger(times);
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on everything works. */
    public void heal() {
        left.set(0);
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

    private void serve(Socket client) {
        boolean broken = left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
        try (client) {
            if (broken && fault == Fault.REFUSE) {
                struck.incrementAndGet();
                client.setSoLinger(true, 0);
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
                threads.submit(() -> client.getInputStream().transferTo(server.getOutputStream()));
                pass(server.getInputStream(), client, broken);
            }
        } catch (IOException | InterruptedException ended) {
            // One side went away; the other one sees that.
        }
    }

    private void pass(InputStream in, Socket client, boolean broken) throws IOException, InterruptedException {
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[16 << 10];
        long sent = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (broken && fault == Fault.WRONG_TYPE) {
                read = wrongDates(buffer, read);
            } else if (broken && sent + read > afterBytes) {
                struck.incrementAndGet();
                out.write(buffer, 0, (int) (afterBytes - sent));
                out.flush();
                if (fault == Fault.SILENCE) {
                    Thread.sleep(SILENCE_MILLIS);
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
        if (!dates.find()) {
            return read;
        }
        struck.incrementAndGet();
        byte[] changed = dates.replaceAll("not-a-date").getBytes(ISO_8859_1);
        System.arraycopy(changed, 0, buffer, 0, changed.length);
        return changed.length;
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
