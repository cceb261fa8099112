package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.features.DynamoPeer;
import io.trustpipeline.features.Trips;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The features pipeline with an embedded S3 and AWS's DynamoDB Local, whole and cut off. */
class FeaturesRunTest {
    private static final String DAY = "2020-01-10";
    /** More customers than one batch of the table takes. */
    private static final String MANY = """
            SELECT (i %% %d)::VARCHAR AS "VendorID", TIMESTAMP '%s' + INTERVAL (i) SECOND AS tpep_pickup_datetime,
                CASE WHEN i %% 7 = 0 THEN NULL ELSE i * 0.5 END AS fare_amount, %s AS trip_distance
            FROM range(1000) AS r(i)""";

    private static final String DEFINITIONS = """
            name: many
            customer: VendorID
            time: tpep_pickup_datetime
            features:
              - { name: trip_count_1d, aggregate: count, window: 1d }
              - { name: avg_fare_1d, aggregate: mean, column: fare_amount, window: 1d }
              - { name: avg_distance_1d, aggregate: mean, column: trip_distance, window: 1d }
            """;

    private static DynamoPeer dynamo;
    private static int tables;

    @TempDir
    Path folder;

    private Path trips = Path.of("");
    private String table = "";

    @BeforeAll
    static void start() throws Exception {
        dynamo = DynamoPeer.start();
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        dynamo.close();
    }

    private void prepare() throws Exception {
        trips = Trips.write(folder.resolve("trips.parquet"), MANY.formatted(250, DAY, "1.0"), "COMPRESSION snappy");
        Files.writeString(folder.resolve("f.yaml"), DEFINITIONS);
        table = "features-" + tables++;
        dynamo.createTable(table);
        Files.writeString(
                folder.resolve("dynamo.properties"),
                "trust.features.table-endpoint=" + dynamo.endpoint() + "\ntrust.management.port=0\n");
    }

    @Test
    void a_run_killed_between_parquet_and_table_ends_like_one_that_was_not() throws Exception {
        prepare();
        killAt("AFTER_FEATURES_BATCH");
        assertThat(dynamo.items(table)).as("one batch of three").hasSize(100);
        try (Stream<Path> left = Files.list(SharedClasses.TEMPORARY)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("72 MB each that nobody would remove")
                    .noneMatch(name -> name.startsWith("libduckdb"));
        }
        endsComplete();
    }

    @Tag("slow")
    @ParameterizedTest
    @FieldSource("io.trustpipeline.cli.FeaturesCrash#KILL_POINTS")
    void a_run_killed_anywhere_ends_like_one_that_was_not(String place) throws Exception {
        prepare();
        killAt(place);
        endsComplete();
    }

    @Test
    void a_run_whose_table_takes_nothing_ends_as_unavailable_and_the_same_request_completes_it() throws Exception {
        prepare();
        dynamo.throttle(1_000_000);
        Invocation refused = run("r1", List.of());
        dynamo.throttle(0);
        assertThat(refused.status()).as(said(refused)).isEqualTo(69);
        assertThat(refused.err().lines()).singleElement().asString().contains("the same request goes on later");
        assertThat(published(""))
                .as("analysts have it, the ledger says that the table has not")
                .exists();
        assertThat(ledger().path("published").booleanValue()).isTrue();
        assertThat(ledger().path("upserted").booleanValue()).isFalse();
        endsComplete();
    }

    @Test
    void late_rows_replace_the_day_as_a_whole_and_customers_that_are_gone_leave_the_table() throws Exception {
        prepare();
        assertThat(run("r1", List.of()).status()).isZero();
        Trips.write(trips, MANY.formatted(40, DAY, "2.0"), "COMPRESSION snappy");
        Invocation again = run("r2", List.of());
        assertThat(again.status()).as(said(again)).isZero();
        assertThat(dynamo.items(table))
                .hasSize(40)
                .allMatch(item -> item.contains("avg_distance_1d=AttributeValue(N=2)"));
        assertThat(Trips.rows(folder, "SELECT count(*), sum(trip_count_1d) FROM '" + published("") + "'"))
                .containsExactly("40 | 1000");
        assertThat(ledger().path("generation").longValue()).isEqualTo(2);
        List<String> before = dynamo.items(table);
        Invocation old = run("r1", List.of());
        assertThat(old.status()).as(said(old)).isZero();
        assertThat(dynamo.items(table)).as("an old run that is started again").isEqualTo(before);
        assertThat(Trips.rows(folder, "SELECT count(*) FROM '" + published("") + "'"))
                .containsExactly("40");
    }

    @Tag("slow")
    @Test
    void a_run_that_was_cut_off_before_a_later_one_took_its_day_changes_nothing() throws Exception {
        prepare();
        killAt("AFTER_FEATURES_BATCH");
        Trips.write(trips, MANY.formatted(40, DAY, "2.0"), "COMPRESSION snappy");
        assertThat(run("r2", List.of()).status()).isZero();
        Invocation resumed = run("r1", List.of());
        assertThat(resumed.status()).as(said(resumed)).isZero();
        assertThat(said(resumed)).contains("SUPERSEDED");
        assertThat(dynamo.items(table)).hasSize(40);
    }

    @Tag("slow")
    @Test
    void trials_stand_beside_the_real_features_and_replace_nothing() throws Exception {
        prepare();
        assertThat(run("r1", List.of()).status()).isZero();
        List<String> real = dynamo.items(table);
        Invocation trial = run("r2", List.of("--dataset", "small", "--mode", "file"));
        assertThat(trial.status()).as(said(trial)).isZero();
        assertThat(dynamo.items(table)).containsAll(real).hasSize(500);
        assertThat(dynamo.items(table))
                .filteredOn(item -> item.contains("dataset_size=AttributeValue(S=small_500)"))
                .hasSize(250)
                .allMatch(item -> item.contains("small_500#" + DAY));
        assertThat(published("_small")).exists();
        assertThat(Trips.rows(folder, "SELECT sum(trip_count_1d) FROM '" + published("_small") + "'"))
                .containsExactly("500");
    }

    @Test
    void the_demo_fills_a_table_of_dynamodb_as_well_and_get_asks_it() throws Exception {
        prepare();
        String[] place = {
            "--table",
            table,
            "--home",
            folder.resolve("home").toString(),
            "--config",
            folder.resolve("dynamo.properties").toString()
        };
        List<String> demo = new ArrayList<>(List.of("demo", "features"));
        demo.addAll(List.of(place));
        Invocation shown = Invocation.of(demo.toArray(String[]::new));
        assertThat(shown.status()).as(said(shown)).isZero();
        assertThat(shown.out()).containsPattern("200 lookups: p50 [0-9.]+ ms, p95 [0-9.]+ ms");
        assertThat(dynamo.items(table)).hasSize(4);
        List<String> get = new ArrayList<>(List.of("features", "get", "1"));
        get.addAll(List.of(place));
        assertThat(Invocation.of(get.toArray(String[]::new)).out())
                .contains("\"date\":\"2020-08-18\"", "\"trip_count_1d\":99");
    }

    @Test
    void a_day_without_rows_is_a_success_with_a_warning() throws Exception {
        prepare();
        Invocation empty = run("r1", List.of("--date", "1999-01-01"));
        assertThat(empty.status()).as(said(empty)).isZero();
        assertThat(said(empty)).contains("warning: no rows");
        assertThat(folder.resolve("home/outbox/r1-EMPTY.json")).exists();
    }

    @Test
    void a_run_id_of_another_request_is_refused_and_every_problem_of_a_request_is_said_at_once() throws Exception {
        prepare();
        assertThat(run("r1", List.of()).status()).isZero();
        Invocation other = run("r1", List.of("--date", "2020-01-11"));
        assertThat(other.status()).isEqualTo(64);
        assertThat(said(other)).contains("run_id: \"r1\" belongs to another request (run_date 2020-01-10");
        Invocation wrong = Invocation.of(
                "run",
                "features",
                "--input",
                "{\"run_date\": \"2020-02-30\", \"mode\": \"week\", \"dataset\": \"tiny\", \"x\": 1}");
        assertThat(wrong.status()).isEqualTo(64);
        assertThat(wrong.err().lines()).hasSize(4);
    }

    private void killAt(String place) throws Exception {
        Map<String, String> environment = new HashMap<>(DynamoPeer.CREDENTIALS);
        environment.put("TRUST_PAUSE_AT", place);
        try (ProgramProcess process = ProgramProcess.start(folder, environment, command("r1", List.of()))) {
            assertThat(process.prints("paused at " + place)).isTrue();
            process.kill();
        }
    }

    private void endsComplete() throws Exception {
        Invocation ended = run("r1", List.of());
        assertThat(ended.status()).as(said(ended)).isZero();
        List<String> items = dynamo.items(table);
        assertThat(items).hasSize(250);
        assertThat(items)
                .filteredOn(item -> item.contains("customer_id=AttributeValue(S=7),"))
                .singleElement()
                .asString()
                .contains("date=AttributeValue(S=" + DAY + ")", "trip_count_1d=AttributeValue(N=4)");
        assertThat(Trips.rows(
                        folder,
                        "SELECT count(*), sum(trip_count_1d), count(DISTINCT customer_id) FROM '" + published("")
                                + "'"))
                .containsExactly("250 | 1000 | 250");
        assertThat(ledger().path("upserted").booleanValue()).isTrue();
        assertThat(ledger().path("generation").longValue()).isEqualTo(1);
        try (Stream<Path> objects = Files.walk(bucket().resolve("features/daily"))) {
            assertThat(objects.filter(Files::isRegularFile)).hasSize(1);
        }
        try (Stream<Path> messages = Files.list(folder.resolve("home/outbox"))) {
            assertThat(messages.filter(file -> file.toString().endsWith("-DONE.json")))
                    .hasSize(1);
        }
    }

    private Invocation run(String runId, List<String> more) {
        return Invocation.of(command(runId, more));
    }

    private static String said(Invocation invocation) {
        return invocation.out() + invocation.err();
    }

    private String[] command(String runId, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                "run",
                "features",
                "--run-id",
                runId,
                "--in",
                trips.toString(),
                "--table",
                table,
                "--definitions",
                folder.resolve("f.yaml").toString(),
                "--home",
                folder.resolve("home").toString(),
                "--config",
                folder.resolve("dynamo.properties").toString()));
        if (!more.contains("--date")) {
            command.addAll(List.of("--date", DAY));
        }
        command.addAll(more);
        return command.toArray(String[]::new);
    }

    private Path bucket() {
        return folder.resolve("home/s3/trust-pipeline");
    }

    private Path published(String variant) {
        return bucket().resolve("features/daily/date=" + DAY + "/features" + variant + ".parquet");
    }

    private JsonNode ledger() throws IOException {
        return new JsonMapper()
                .readTree(bucket().resolve("features/ledger/dataset=full/date=" + DAY + ".json")
                        .toFile());
    }
}
