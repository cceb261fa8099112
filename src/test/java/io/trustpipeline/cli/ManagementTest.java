package io.trustpipeline.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Health and JMX of a program that is running. */
class ManagementTest {
    @TempDir
    Path folder;

    @Test
    void health_and_jmx_answer_on_loopback_alone_while_it_runs() throws Exception {
        int port = freePort();
        Path settings = folder.resolve("settings.properties");
        Files.writeString(settings, "trust.management.port=" + port + "\n");
        String[] arguments = SmallData.arguments(
                folder.resolve("home"),
                SmallData.comments(folder.resolve("comments.csv")),
                SmallData.models(folder.resolve("models")),
                "--config",
                settings.toString());
        try (ProgramProcess process = ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_PLAN"), arguments)) {
            assertThat(process.prints("paused at AFTER_PLAN")).isTrue();

            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"UP\"");

            JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + (port + 1) + "/jmxrmi");
            try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                Set<ObjectName> routes = server.queryNames(new ObjectName("org.apache.camel:type=routes,*"), null);
                assertThat(routes).isNotEmpty();
            }

            for (InetAddress address : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList()) {
                assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(java.io.IOException.class);
                assertThatThrownBy(() -> new Socket(address, port + 1).close()).isInstanceOf(java.io.IOException.class);
            }
        }
    }

    /** Two neighbouring ports that nobody uses at the moment. */
    static int freePort() throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (java.io.IOException taken) {
                // The next pair.
            }
        }
        throw new IllegalStateException("no two neighbouring ports are free");
    }
}
