package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.config.Management;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.features.FileFeatureTable;
import io.trustpipeline.features.Trips;
import io.trustpipeline.run.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows taken into the store, runs over them, and what people can ask of these afterwards. */
class FeaturesStoreTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void rows_are_taken_in_once_from_a_web_server_and_a_run_reads_them_by_s3() throws Exception {
        Path trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 20, 40, "COMPRESSION gzip");
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/trips.parquet", exchange -> {
            exchange.sendResponseHeaders(200, Files.size(trips));
            Files.copy(trips, exchange.getResponseBody());
            exchange.close();
        });
        web.start();
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/";
        try {
            // Twelve days of January and three of February: most rows say the month.
            String[] ingest = {"features", "ingest", "--source", url + "trips.parquet", "--rows", "330"};
            String first = command(0, ingest).out();
            assertThat(first).contains("330 of 440 rows in s3://trust-pipeline/features/raw/year=2020/month=01/");
            assertThat(command(0, ingest).out()).isEqualTo(first);
            Invocation missing = command(65, "features", "ingest", "--source", url + "nothing");
            assertThat(missing.err().lines()).singleElement().asString().contains("the server answers 404");
        } finally {
            web.stop(0);
        }
        Path raw = bucket().resolve("features/raw/year=2020/month=01");
        List<Path> taken = files(raw);
        assertThat(taken).hasSize(2);
        JsonNode record = JSON.readTree(taken.get(0).toFile());
        assertThat(record.path("rows").asInt()).isEqualTo(330);
        assertThat(record.path("source_rows").asInt()).isEqualTo(440);
        assertThat(record.path("sha256").asText()).isEqualTo(sha256(taken.get(1)));
        assertThat(record.path("source_sha256").asText()).isEqualTo(sha256(trips));
        assertThat(Trips.rows(home, "SELECT * FROM " + exactly(taken.get(1))))
                .isEqualTo(Trips.rows(home, "SELECT * FROM '" + trips + "' LIMIT 330"));

        run("r1", "s3://trust-pipeline/features/raw/", "2020-01-25");
        assertThat(Trips.rows(home, "SELECT * FROM " + exactly(published("2020-01-25"))))
                .isEqualTo(Trips.rows(home, """
                        SELECT "VendorID"::VARCHAR, count(*), avg(fare_amount), avg(trip_distance) FROM '%s'
                        WHERE tpep_pickup_datetime::DATE = DATE '2020-01-25' AND "VendorID" IS NOT NULL
                        GROUP BY 1 ORDER BY 1""".formatted(trips)));
        Invocation nothing =
                command(65, "run", "features", "--in", "s3://trust-pipeline/features/none/", "--date", "2020-01-25");
        assertThat(nothing.err()).contains("s3://trust-pipeline/features/none/: no object whose key begins so");
    }

    @Test
    void an_empty_month_is_none_and_a_file_that_was_cut_short_is_not_taken_in() throws Exception {
        Path trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        byte[] bytes = Files.readAllBytes(trips);
        Path cut = Files.write(home.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));
        Invocation refused = command(65, "features", "ingest", "--source", cut.toString());
        assertThat(refused.err().lines()).singleElement().asString().contains(cut + ": ", "cut short");
        Path empty = Trips.write(home.resolve("empty.parquet"), "BIGINT", 0, 0, "COMPRESSION snappy");
        assertThat(command(65, "features", "ingest", "--source", empty.toString())
                        .err())
                .contains("has no row with a tpep_pickup_datetime");
    }

    @Test
    void status_verify_and_explain_know_days_and_see_what_somebody_changed() throws Exception {
        String trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 0, 5, "COMPRESSION snappy")
                .toString();
        run("r1", trips, "2020-01-02");
        run("r2", trips, "2020-01-03");
        run("r3", trips, "2020-01-03");
        assertThat(ask(0, "status").out().lines())
                .containsExactly(
                        "2020-01-02 full          run r1 generation 1: 3 customers, published, in the table",
                        "2020-01-03 full          run r3 generation 2: 3 customers, published, in the table");
        assertThat(ask(0, "status", "r1").out().lines()).hasSize(1);
        for (String run : List.of("r1", "r2", "r3")) {
            assertThat(ask(0, "verify", run).out())
                    .contains("run " + run + ": file, published object, ledger and table agree");
        }
        assertThat(ask(0, "explain", "4").out().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("2020-01-02 full: run r1, generation 1: trip_count_1d 2, avg_fare_1d ")
                .endsWith("in the table of run r1, generation 1");
        assertThat(ask(65, "explain", "9").err()).contains("customer_id: \"9\" is known on no published day");
        assertThat(ask(65, "verify", "r9").err()).contains("run_id: \"r9\" is no run of features");

        Files.delete(home.resolve("features/table.duckdb"));
        FileFeatureTable.open(home.resolve("features/table.duckdb")).close();
        assertThat(ask(65, "verify", "r3").err()).contains("other values for 3 customers of 2020-01-03");
        assertThat(ask(0, "explain", "4").out()).contains("not in the table, though the ledger says so");
        Files.writeString(bucket().resolve("features/runs/r1/features.parquet"), "somebody's");
        assertThat(ask(65, "verify", "r1").err()).contains("features/runs/r1/features.parquet");
    }

    @Test
    void every_metric_that_the_template_watches_is_told_by_a_run_and_told_once() throws Exception {
        String trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 0, 2, "COMPRESSION snappy")
                .toString();
        run("r1", trips, "2020-01-02");
        run("r1", trips, "2020-01-02");
        Set<String> told = new TreeSet<>();
        int rowsSeen = 0;
        for (String line : Files.readAllLines(home.resolve("logs/metrics.jsonl"))) {
            JsonNode metrics = JSON.readTree(line);
            for (JsonNode metric : metrics.at("/_aws/CloudWatchMetrics/0/Metrics")) {
                told.add(metric.path("Name").asText());
            }
            rowsSeen += metrics.path("FeatureRowsSeen").asInt();
        }
        assertThat(rowsSeen).as("of two attempts").isEqualTo(22);
        assertThat(told).contains("StageSeconds", "FeatureRowsOdd", "FeatureBytesRead", "FeatureBytesWritten");
        String template = Files.readString(SmallData.PROJECT.resolve("cloudformation/features.yaml"));
        Matcher named =
                Pattern.compile("Feature(?:Rows|Run|Customers|Bytes)\\w*").matcher(template);
        Set<String> watched = new TreeSet<>();
        while (named.find()) {
            watched.add(named.group());
        }
        assertThat(watched).hasSizeGreaterThan(3);
        assertThat(told).containsAll(watched);
    }

    @Test
    void a_lookup_over_http_answers_what_is_known_on_a_day() throws Exception {
        String trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 0, 3, "COMPRESSION snappy")
                .toString();
        run("r1", trips, "2020-01-02");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (FeatureTable table = FileFeatureTable.openReadOnly(home.resolve("features/table.duckdb"));
                FeatureService service =
                        FeatureService.start(table, "127.0.0.1", port, new Management("127.0.0.1", 0))) {
            assertThat(service).isNotNull();
            String url = "http://127.0.0.1:" + port + "/features/";
            HttpResponse<String> found = get(url + "4");
            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            assertThat(found.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(found.body().strip())
                    .isEqualTo(command(0, "features", "get", "4").out().strip());
            assertThat(get(url + "4?as_of=2020-01-01").statusCode()).isEqualTo(404);
            assertThat(get(url + "9").body()).isEqualTo("{\"error\":\"customer_id: nothing is known of \\\"9\\\"\"}");
            assertThat(get(url + "4?as_of=yesterday").statusCode()).isEqualTo(400);
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void run(String runId, String input, String date) {
        command(0, "run", "features", "--run-id", runId, "--in", input, "--date", date);
    }

    private Invocation ask(int status, String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--pipeline", "features"));
        return command(status, all.toArray(String[]::new));
    }

    private Invocation command(int status, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--home", home.toString()));
        Invocation invocation = Invocation.of(all.toArray(String[]::new));
        assertThat(invocation.status()).as(invocation.out() + invocation.err()).isEqualTo(status);
        return invocation;
    }

    /** Without columns that its folders' names would make. */
    private static String exactly(Path file) {
        return "read_parquet('" + file + "', hive_partitioning = false)";
    }

    private Path bucket() {
        return home.resolve("s3/trust-pipeline");
    }

    private Path published(String day) {
        return bucket().resolve("features/daily/date=" + day + "/features.parquet");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String sha256(Path file) {
        return Workspace.sha256(file);
    }
}
