package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.features.Trips;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Demo, lookups and backfill on a laptop: embedded S3, the table in a file. */
class FeaturesDemoTest {
    @TempDir
    Path home;

    @Test
    void the_demo_computes_real_trips_and_get_finds_what_it_put() throws Exception {
        String demo = command(0, "demo", "features").out();
        assertThat(demo)
                .contains("10,000 rows, 5,575 of them for 2020-08-18; without a customer 430", "DONE, 2 customers");
        JsonNode latest =
                new JsonMapper().readTree(command(0, "features", "get", "1").out());
        assertThat(latest.path("date").textValue()).isEqualTo("2020-08-18");
        assertThat(latest.path("trip_count_1d").longValue()).isEqualTo(99);
        assertThat(latest.path("avg_fare_1d").doubleValue()).isCloseTo(12.356565656565659, Offset.offset(1e-9));
        assertThat(latest.path("avg_total_1d").doubleValue()).isCloseTo(17.779595959595945, Offset.offset(1e-9));
        assertThat(command(0, "features", "get", "2", "--as-of", "2020-08-17").out())
                .contains("\"date\":\"2020-08-17\"");
        assertThat(command(65, "features", "get", "1", "--as-of", "2020-08-16").err())
                .contains("nothing is known of \"1\" on 2020-08-16");
        assertThat(demo.lines()
                        .filter(line -> line.endsWith("features.parquet"))
                        .map(line -> Path.of(line.strip())))
                .hasSize(2)
                .allMatch(Files::exists);
    }

    @Test
    void a_backfill_does_each_day_once_and_says_how_it_drifts() throws Exception {
        Path trips = Trips.write(home.resolve("trips.parquet"), "BIGINT", 0, 12, "COMPRESSION snappy");
        String[] days = {"features", "backfill", "--in", trips.toString(), "--from", "2020-01-01", "--to", "2020-01-06"
        };
        String first = command(0, days).out();
        assertThat(first.lines()).hasSize(6).allMatch(line -> line.contains(" DONE, 22 rows, 3 customers"));
        assertThat(command(0, days).out().lines()).hasSize(6).allMatch(line -> line.endsWith(" done already"));
        String next = command(0, "run", "features", "--in", trips.toString(), "--date", "2020-01-07", "--run-id", "r7")
                .out();
        assertThat(next).contains("trip_count_1d: 3 values, mean 6.667, nulls 0.0 %; 6 days before: mean 6.667");
        assertThat(next).containsPattern("trip_count_1d: .* PSI 0\\.000");
        assertThat(next).containsPattern("avg_fare_1d: .* PSI [0-9.]+");
        assertThat(home.resolve("outbox/r7-DONE.json")).content().contains("population_stability_index");
    }

    @Test
    void a_training_row_has_the_features_of_its_day_and_the_label_of_the_day_after() throws Exception {
        Path trips = Trips.write(home.resolve("trips.parquet"), """
                SELECT c::VARCHAR AS "VendorID", TIMESTAMP '2020-01-01' + INTERVAL (d) DAY AS tpep_pickup_datetime,
                    1.0 AS fare_amount, 1.0 AS trip_distance
                FROM range(11) AS days(d), range(1, 3) AS customers(c), range(22) AS trips(t)
                WHERE t < c * (d + 1) AND NOT (c = 2 AND d = 4)""", "COMPRESSION snappy");
        Path noChecks = Files.writeString(home.resolve("f.yaml"), """
                {name: n, customer: VendorID, time: tpep_pickup_datetime,
                 features: [{name: trip_count_1d, aggregate: count, window: 1d}]}""");
        command(
                0,
                "features",
                "backfill",
                "--in",
                trips.toString(),
                "--definitions",
                noChecks.toString(),
                "--from",
                "2020-01-01",
                "--to",
                "2020-01-11");
        Path out = home.resolve("training.parquet");
        String said = command(
                        0,
                        "features",
                        "training",
                        "--from",
                        "2020-01-01",
                        "--to",
                        "2020-01-11",
                        "--out",
                        out.toString())
                .out();
        assertThat(said).contains("19 rows", "4 of them held out");
        assertThat(Trips.rows(
                        home, "SELECT date, trip_count_1d, label, held_out FROM '" + out + "' WHERE customer_id = '2'"))
                .containsExactly(
                        "2020-01-01 | 2 | 4 | false",
                        "2020-01-02 | 4 | 6 | false",
                        "2020-01-03 | 6 | 8 | false",
                        "2020-01-04 | 8 | 0 | false",
                        "2020-01-06 | 12 | 14 | false",
                        "2020-01-07 | 14 | 16 | false",
                        "2020-01-08 | 16 | 18 | false",
                        "2020-01-09 | 18 | 20 | true",
                        "2020-01-10 | 20 | 22 | true");
        assertThat(said).as("1 a day for one customer, 2 for the other").contains("tomorrow as today 1.500");
        assertThat(command(0, "features", "training", "--to", "2020-01-11").out())
                .contains("19 rows in s3://trust-pipeline/features/training/date=2020-01-11/training.parquet");
        JsonNode model = new JsonMapper()
                .readTree(home.resolve("s3/trust-pipeline/features/training/date=2020-01-11/model.json")
                        .toFile());
        assertThat(model.path("rows_held_out").asInt()).isEqualTo(4);
        assertThat(Trips.rows(
                        home,
                        "SELECT regr_slope(label, trip_count_1d), regr_intercept(label, trip_count_1d) FROM '" + out
                                + "' WHERE NOT held_out"))
                .containsExactly("%.9g | %.9g"
                        .formatted(
                                model.path("slope").doubleValue(),
                                model.path("intercept").doubleValue()));
        command(
                64,
                "features",
                "training",
                "--from",
                "2020-01-01",
                "--to",
                "2020-01-11",
                "--out",
                out.toString(),
                "--label",
                "x");
        command(65, "features", "training", "--from", "2021-01-01", "--to", "2021-01-11", "--out", out.toString());
    }

    @Test
    void a_backfill_goes_on_past_a_day_that_fails_and_ends_with_its_code() throws Exception {
        Files.writeString(home.resolve("cut.parquet"), "PAR1 and no more");
        Invocation failed = command(
                65,
                "features",
                "backfill",
                "--in",
                home.resolve("cut.parquet").toString(),
                "--from",
                "2020-01-01",
                "--to",
                "2020-01-02");
        assertThat(failed.out().lines()).hasSize(2).allMatch(line -> line.contains("DATA_REFUSED: "));
        command(64, "features", "backfill", "--in", "x", "--from", "2020-01-02", "--to", "2020-01-01");
    }

    private Invocation command(int status, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--home", home.toString()));
        Invocation invocation = Invocation.of(all.toArray(String[]::new));
        assertThat(invocation.status()).as(invocation.out() + invocation.err()).isEqualTo(status);
        return invocation;
    }
}
