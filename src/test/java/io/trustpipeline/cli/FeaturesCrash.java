package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.features.Trips;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The features pipeline over a day whose rows were corrected: other values, and customers that are gone.
 *
 * @param before the home as the run over the rows before left it; copied for each subject
 */
record FeaturesCrash(Path folder, Path before, AtomicInteger subjects) implements CrashSubject.Pipeline {
    static final List<String> KILL_POINTS = List.of(
            "AFTER_FEATURES_CLAIM",
            "AFTER_FEATURES_OBJECT",
            "AFTER_FEATURES_COMPUTED",
            "AFTER_FEATURES_BEGUN",
            "AFTER_FEATURES_PUBLISHED",
            "AFTER_FEATURES_MARKED",
            "AFTER_FEATURES_BATCH",
            "AFTER_FEATURES_ITEMS",
            "AFTER_FEATURES_TABLE",
            "AFTER_FEATURES_RECONCILED",
            "AFTER_FEATURES_REPORT",
            "AFTER_FEATURES_NOTIFICATION",
            "AFTER_FEATURES_TOLD");

    private static final String RUN_ID = "crash-004";

    /** More customers than one batch of the table takes. */
    private static final String TRIPS = """
            SELECT (i %% %d)::VARCHAR AS customer, TIMESTAMP '2020-01-10' + INTERVAL (i) SECOND AS at, i * %s AS fare
            FROM range(500) AS r(i)""";

    private static final String DEFINITIONS = """
            name: fares
            customer: customer
            time: at
            features:
              - { name: trip_count_1d, aggregate: count, window: 1d }
              - { name: avg_fare_1d, aggregate: mean, column: fare, window: 1d }
            """;

    static FeaturesCrash over(Path folder) throws Exception {
        Path before = folder.resolve("before");
        Files.writeString(folder.resolve("fares.yaml"), DEFINITIONS);
        Path first = Trips.write(folder.resolve("first.parquet"), TRIPS.formatted(140, "0.5"), "COMPRESSION snappy");
        Trips.write(folder.resolve("corrected.parquet"), TRIPS.formatted(120, "0.25"), "COMPRESSION snappy");
        ProgramProcess.Ended earlier = ProgramProcess.run(folder, request(folder, before, "earlier", first));
        assertThat(earlier.status()).as(earlier.text()).isZero();
        return new FeaturesCrash(folder, before, new AtomicInteger());
    }

    @Override
    public String name() {
        return "features";
    }

    @Override
    public List<String> killPoints() {
        return KILL_POINTS;
    }

    @Override
    public CrashSubject fresh() throws IOException {
        Path home = Folders.copy(before, folder.resolve("home-" + subjects.incrementAndGet()));
        return new Subject(home, request(folder, home, RUN_ID, folder.resolve("corrected.parquet")));
    }

    private static String[] request(Path folder, Path home, String runId, Path trips) {
        return new String[] {
            "run",
            "features",
            "--run-id",
            runId,
            "--date",
            "2020-01-10",
            "--in",
            trips.toString(),
            "--definitions",
            folder.resolve("fares.yaml").toString(),
            "--home",
            home.toString()
        };
    }

    private record Subject(Path home, String[] request) implements CrashSubject {
        @Override
        public ProgramProcess start(Map<String, String> environment) throws IOException {
            return ProgramProcess.start(home, environment, request);
        }

        @Override
        public Object finalState() throws Exception {
            Map<String, String> objects = FinalState.digests(Invocation.bucket(home));
            objects.replaceAll((key, digest) -> key.endsWith(".parquet") ? digest : "present");
            ObjectNode ledger = (ObjectNode) new JsonMapper()
                    .readTree(Invocation.bucket(home)
                            .resolve("features/ledger/dataset=full/date=2020-01-10.json")
                            .toFile());
            ledger.remove("claimed_at");
            Map<String, JsonNode> messages = new TreeMap<>(FinalState.messages(home.resolve("outbox")));
            messages.values().stream().filter(JsonNode::isObject).forEach(message -> ((ObjectNode) message)
                    .remove("seconds"));
            return List.of(objects, table(), ledger, messages);
        }

        /** The items that a lookup finds. */
        private List<String> table() throws Exception {
            Path table = home.resolve("features/table.duckdb");
            try (DuckDbOracle oracle = new DuckDbOracle(home.resolve("spill"))) {
                oracle.execute("ATTACH " + DuckDb.literal(table.toString()) + " AS t (READ_ONLY)");
                return oracle.rows("SELECT * FROM t.feature_item ORDER BY customer_id, sort_key");
            }
        }

        @Override
        public void close() throws IOException {
            Folders.delete(home);
        }
    }
}
