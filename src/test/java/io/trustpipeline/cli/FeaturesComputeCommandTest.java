package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.features.Trips;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code features compute} as people use it, on real trips where there are any. */
class FeaturesComputeCommandTest {
    @TempDir
    Path folder;

    @Test
    void every_figure_of_real_trips_is_the_one_that_was_computed_elsewhere() throws Exception {
        Path fixtures = fixtures();
        JsonNode expected = new JsonMapper()
                .readTree(fixtures.resolve("expected_features.json").toFile());
        int files = 0;
        for (String file : List.of("tlc_yellow_200k_2019-05_2020-12.parquet", "tlc_yellow_10k_2020-08.parquet")) {
            JsonNode figures = expected.path(file);
            same(figures.path("file_mode"), fixtures.resolve(file), "file", "2026-02-04");
            for (String day : List.of("2019-06-15", "2020-03-01", "2020-08-18")) {
                same(figures.path("days").path(day), fixtures.resolve(file), "day", day);
                files++;
            }
        }
        assertThat(files).isEqualTo(6);
    }

    private void same(JsonNode customers, Path trips, String mode, String date) throws Exception {
        Path out = folder.resolve("out.parquet");
        Invocation computed = Invocation.of(
                "features",
                "compute",
                "--in",
                trips.toString(),
                "--out",
                out.toString(),
                "--mode",
                mode,
                "--date",
                date,
                "--definitions",
                project("sql/features/windows.yaml"));
        assertThat(computed.status()).as(computed.err()).isZero();
        List<String> rows = Trips.rows(
                folder,
                "SELECT customer_id, trip_count_1d, printf('%.17g', avg_fare_1d), printf('%.17g', avg_total_1d),"
                        + " printf('%.17g', avg_distance_1d) FROM '" + out + "' WHERE trip_count_1d > 0 ORDER BY 1");
        List<String[]> actual = rows.stream().map(row -> row.split(" \\| ")).toList();
        List<JsonNode> named = new ArrayList<>();
        long nobody = 0;
        for (JsonNode customer : customers) {
            if (customer.path("customer_id").isNull()) {
                nobody = customer.path("trip_count").longValue();
            } else {
                named.add(customer);
            }
        }
        assertThat(actual).hasSameSizeAs(named);
        for (int i = 0; i < named.size(); i++) {
            assertThat(actual.get(i)[0])
                    .isEqualTo(named.get(i).path("customer_id").textValue());
            assertThat(actual.get(i)[1])
                    .isEqualTo(named.get(i).path("trip_count").asText());
            List<String> means = List.of("avg_fare_amount", "avg_total_amount", "avg_trip_distance");
            for (int mean = 0; mean < means.size(); mean++) {
                double figure = named.get(i).path(means.get(mean)).doubleValue();
                assertThat(Double.parseDouble(actual.get(i)[2 + mean]))
                        .as("%s of customer %s, %s %s", means.get(mean), actual.get(i)[0], mode, date)
                        .isCloseTo(figure, Offset.offset(1e-9 * figure));
            }
        }
        if (mode.equals("file")) {
            assertThat(computed.out()).contains("without a customer %,d,".formatted(nobody));
        }
    }

    @Test
    void rows_of_vendor_4_and_of_nobody_are_counted() throws Exception {
        Path trips = fixtures().resolve("tlc_yellow_200k_2019-05_2020-12.parquet");
        Invocation computed = Invocation.of(
                "features",
                "compute",
                "--in",
                trips.toString(),
                "--out",
                folder.resolve("o.parquet").toString(),
                "--mode",
                "file",
                "--date",
                "2026-02-04");
        assertThat(computed.out())
                .contains(
                        "200,000 rows", "without a customer 8,244", "undocumented_vendor: 107 rows", "3 customers in");
    }

    @Test
    void the_real_file_that_was_cut_short_is_refused_in_one_line() {
        Path cut = fixtures().resolve("negative_truncated_yellow_tripdata_2024-01.parquet");
        Invocation refused = Invocation.of(
                "features",
                "compute",
                "--in",
                cut.toString(),
                "--out",
                folder.resolve("o.parquet").toString());
        assertThat(refused.status()).isEqualTo(65);
        assertThat(refused.err().lines()).hasSize(1).first().asString().contains(cut + ": ", "cut short");
        assertThat(folder.resolve("o.parquet")).doesNotExist();
    }

    @Test
    void a_prefix_and_a_pattern_and_a_folder_mean_the_files_they_name() throws Exception {
        Trips.write(folder.resolve("jan-a.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        Trips.write(folder.resolve("jan-b.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        Trips.write(folder.resolve("feb.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        for (String[] each : new String[][] {{"", "66"}, {"jan-", "44"}, {"*b.parquet", "44"}, {"feb.parquet", "22"}}) {
            String in = each[0].isEmpty() ? folder.toString() : folder + "/" + each[0];
            Invocation computed = Invocation.of(
                    "features", "compute", "--in", in, "--out", folder + "/out/o.pq", "--date", "2020-01-01");
            assertThat(computed.out()).as(in + computed.err()).startsWith(each[1] + " rows, " + each[1]);
        }
        Invocation none = Invocation.of("features", "compute", "--in", folder + "/mar", "--out", folder + "/o.parquet");
        assertThat(none.status()).isEqualTo(65);
        assertThat(none.err().lines()).hasSize(1);
    }

    @Test
    void a_date_that_is_none_never_becomes_today() {
        Invocation refused = Invocation.of("features", "compute", "--in", "x", "--out", "y", "--date", "2020-02-30");
        assertThat(refused.status()).isEqualTo(64);
        assertThat(refused.err()).contains("--date: \"2020-02-30\" is not a day as YYYY-MM-DD");
    }

    @Test
    void the_day_of_a_schedule_is_taken_from_its_instant_and_a_malformed_one_is_refused() throws Exception {
        Path trips = Trips.write(folder.resolve("t.parquet"), "BIGINT", 0, 3, "COMPRESSION snappy");
        String[] command = {
            "features",
            "compute",
            "--in",
            trips.toString(),
            "--out",
            folder.resolve("o.parquet").toString()
        };
        try (ProgramProcess scheduled =
                ProgramProcess.start(folder, Map.of(RunDateOption.VARIABLE, "2020-01-02T23:59:59Z"), command)) {
            assertThat(scheduled.end().text()).contains("22 of them for 2020-01-02");
        }
        try (ProgramProcess malformed =
                ProgramProcess.start(folder, Map.of(RunDateOption.VARIABLE, "yesterday"), command)) {
            ProgramProcess.Ended ended = malformed.end();
            assertThat(ended.status()).isEqualTo(64);
            assertThat(ended.text()).contains("SCHEDULED_TIME: \"yesterday\" is not an instant such as");
        }
    }

    private static Path fixtures() {
        String fixtures = System.getProperty("fixtures.dir", "");
        if (fixtures.isEmpty()) {
            System.out.println("skipped: no fixtures");
        }
        Assumptions.assumeFalse(fixtures.isEmpty(), "no fixtures");
        return Path.of(fixtures, "features");
    }

    private static String project(String file) {
        return Path.of(System.getProperty("project.dir", "."), file).toString();
    }
}
