package io.trustpipeline.export;

import software.amazon.awssdk.services.s3.S3Client;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Redshift as its own JDBC driver sees it on the wire, in front of a PostgreSQL that has the tables: version 3 of
 * PostgreSQL's protocol, Redshift's start-up parameters, {@code UNLOAD} into S3, and cancelling. It proves how the driver
 * is used, what statement is sent and what becomes of the objects; not Redshift's SQL, planner, or permissions.
 */
final class RedshiftDouble implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;
    private static final int PROTOCOL_3 = 196608;

    /** What PostgreSQL would refuse at start-up. */
    private static final List<String> REDSHIFT_PARAMETERS = List.of(
            "driver_version",
            "os_version",
            "plugin_name",
            "client_protocol_version",
            "idp_type",
            "driver_discovery_version");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "redshift double");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Integer, Unloading> byProcess = new ConcurrentHashMap<>();
    private final List<String> unloads = new CopyOnWriteArrayList<>();
    private final int postgresPort;
    private final UnloadPeer peer;

    /**
     * @param scratch for files on their way
     * @param role the only one that may be assumed
     */
    RedshiftDouble(int postgresPort, S3Client s3, Path scratch, String role) throws IOException {
        this.postgresPort = postgresPort;
        this.peer = new UnloadPeer(
                "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?user=postgres", s3, scratch, role);
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Every UNLOAD that arrived, as it arrived. */
    List<String> unloads() {
        return List.copyOf(unloads);
    }

    /** What an administrator does with {@code CANCEL}: ends every statement under way. */
    void abortAll() {
        byProcess.values().forEach(Unloading::cancel);
    }

    boolean unloading() {
        return byProcess.values().stream().anyMatch(Unloading::running);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket postgres = new Socket(InetAddress.getLoopbackAddress(), postgresPort)) {
            client.setTcpNoDelay(true);
            postgres.setTcpNoDelay(true);
            DataInputStream fromClient = new DataInputStream(client.getInputStream());
            DataOutputStream toPostgres = new DataOutputStream(postgres.getOutputStream());
            while (true) {
                int length = fromClient.readInt();
                int code = fromClient.readInt();
                byte[] body = fromClient.readNBytes(length - 8);
                if (code == SSL_REQUEST) {
                    client.getOutputStream().write('N');
                } else if (code == CANCEL_REQUEST) {
                    cancel(toPostgres, length, body);
                    return;
                } else {
                    WireMessage.startUp(PROTOCOL_3, WireMessage.without(body, REDSHIFT_PARAMETERS))
                            .writeTo(toPostgres);
                    break;
                }
            }
            Unloading unloading = new Unloading(peer);
            threads.execute(() -> answer(postgres, client, unloading));
            converse(fromClient, toPostgres, unloading);
        } catch (IOException gone) {
            // One of the two hung up.
        }
    }

    /** From PostgreSQL to the driver, as it comes; the process number says later whom a cancel request means. */
    private void answer(Socket postgres, Socket client, Unloading unloading) {
        try {
            DataInputStream in = new DataInputStream(postgres.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                WireMessage message = WireMessage.read(in);
                if (message.type() == 'K') {
                    byProcess.put(message.firstInteger(), unloading);
                }
                message.writeTo(out);
            }
        } catch (IOException gone) {
            byProcess.values().remove(unloading);
            try {
                client.close();
            } catch (IOException alreadyClosed) {
                // As it should be.
            }
        }
    }

    /** From the driver to PostgreSQL; what only Redshift knows is done here, and PostgreSQL says how it ended. */
    private void converse(DataInputStream in, DataOutputStream out, Unloading unloading) throws IOException {
        while (true) {
            WireMessage message = WireMessage.read(in);
            if (message.type() == 'Q' || message.type() == 'P') {
                String sql = message.sql();
                if (sql.stripLeading().toUpperCase(java.util.Locale.ROOT).startsWith("UNLOAD")) {
                    unloads.add(sql);
                    message = message.withSql(unloading.run(sql));
                } else {
                    unloading.heard(sql);
                }
            }
            message.writeTo(out);
        }
    }

    private void cancel(DataOutputStream toPostgres, int length, byte[] body) throws IOException {
        Unloading unloading = byProcess.get(WireMessage.firstInteger(body));
        if (unloading != null && unloading.running()) {
            unloading.cancel();
            return;
        }
        toPostgres.writeInt(length);
        toPostgres.writeInt(CANCEL_REQUEST);
        toPostgres.write(body);
        toPostgres.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
