package io.trustpipeline.ops;

import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.NoSuchObjectException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.RMIServerSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.util.Map;

/** JMX over RMI on the loopback interface alone, registry and objects on one port. */
public final class JmxConnector implements AutoCloseable {
    private final Registry registry;
    private final JMXConnectorServer server;

    private JmxConnector(Registry registry, JMXConnectorServer server) {
        this.registry = registry;
        this.server = server;
    }

    /**
     * Listens on the port.
     *
     * @throws IOException when the port is taken
     */
    public static JmxConnector listen(int port) throws IOException {
        // Stubs would otherwise name the machine's outer address, where nothing listens.
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        Loopback loopback = new Loopback();
        Registry registry = LocateRegistry.createRegistry(port, null, loopback);
        JMXServiceURL url =
                new JMXServiceURL("service:jmx:rmi://127.0.0.1:" + port + "/jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                url,
                Map.of(RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, loopback),
                ManagementFactory.getPlatformMBeanServer());
        server.start();
        return new JmxConnector(registry, server);
    }

    @Override
    public void close() throws IOException {
        server.stop();
        try {
            UnicastRemoteObject.unexportObject(registry, true);
        } catch (NoSuchObjectException alreadyGone) {
            // Closing twice is no error.
        }
    }

    /**
     * Equal instances let RMI share one port among all its objects. There is no factory for clients: it would travel to
     * them, and a console elsewhere does not have our class.
     */
    private record Loopback() implements RMIServerSocketFactory {
        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
        }
    }
}
