package io.trustpipeline.ops;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Where a running program can be looked at: health over HTTP at {@code /observe/health} on one port, JMX on the next,
 * both on loopback. A port that is taken does not stop a run: another is used, and the log says which.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);

    private final String host;
    private final int port;
    private final @Nullable JmxConnector jmx;

    private ManagementServer(String host, int port, @Nullable JmxConnector jmx) {
        this.host = host;
        this.port = port;
        this.jmx = jmx;
    }

    /** @param wanted the HTTP port, or 0 for any */
    public static ManagementServer on(String host, int wanted) {
        int port = free(host, wanted) ? wanted : anyFree(host);
        @Nullable JmxConnector jmx = null;
        try {
            jmx = JmxConnector.listen(port + 1);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("no JMX: port {} is not free", port + 1);
        }
        LOG.info("health at http://{}:{}/observe/health, JMX at port {}", host, port, port + 1);
        return new ManagementServer(host, port, jmx);
    }

    private static boolean free(String host, int port) {
        if (port == 0) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree(String host) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** For Camel's own management server. */
    public Map<String, String> properties() {
        return Map.of(
                "camel.management.enabled", "true",
                "camel.management.host", host,
                "camel.management.port", Integer.toString(port),
                "camel.management.healthCheckEnabled", "true",
                "camel.management.healthPath", "/observe/health",
                "camel.health.enabled", "true",
                "camel.health.exposure-level", "full");
    }

    /** For Camel's own management server: metrics as Prometheus text at {@code /observe/metrics}. */
    public static Map<String, String> metrics() {
        return Map.of(
                "camel.management.metricsEnabled", "true",
                "camel.metrics.enabled", "true",
                "camel.metrics.path", "/observe/metrics",
                "camel.metrics.enableRoutePolicy", "true");
    }

    @Override
    public void close() {
        if (jmx != null) {
            try {
                jmx.close();
            } catch (IOException e) {
                LOG.warn("JMX did not close", e);
            }
        }
    }
}
