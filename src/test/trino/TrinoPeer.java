import io.trino.plugin.memory.MemoryPlugin;
import io.trino.server.testing.TestingTrinoServer;

import java.io.PrintStream;
import java.util.Map;

/** Trino itself, whose catalog hive is in memory. Prints its address, and ends when its input does. */
public final class TrinoPeer {
    private TrinoPeer() {}

    public static void main(String[] arguments) throws Exception {
        // Trino's own log takes System.out.
        PrintStream out = System.out;
        try (TestingTrinoServer server = TestingTrinoServer.builder()
                .setCoordinator(true)
                .setProperties(Map.of(
                        "node-scheduler.include-coordinator", "true", "protocol.v1.alternate-header-name", "Presto"))
                .build()) {
            server.installPlugin(new MemoryPlugin());
            server.createCatalog("hive", "memory", Map.of());
            out.println("trino listens at " + server.getBaseUrl());
            while (System.in.read() >= 0) {
                // Until whoever started it closes it.
            }
        }
        System.exit(0);
    }
}
