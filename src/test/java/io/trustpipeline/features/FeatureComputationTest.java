package io.trustpipeline.features;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.TableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Features of trips that DuckDB wrote, compared with plain queries of the same trips. */
class FeatureComputationTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));

    @TempDir
    Path folder;

    @Test
    void windows_end_with_the_run_date_and_go_over_the_borders_of_files() throws Exception {
        Path first = Trips.write(folder.resolve("a.parquet"), "BIGINT", 0, 20, "ROW_GROUP_SIZE 2048");
        Path second = Trips.write(folder.resolve("b.parquet"), "INTEGER", 20, 60, "ROW_GROUP_SIZE 2048");
        Computed computed = compute("windows", Trips.day("2020-02-05"), first, second);
        assertThat(written(
                        "customer_id, trip_count_1d, avg_fare_1d, avg_total_1d, avg_distance_1d, trip_count_7d, avg_fare_7d,"
                                + " trip_count_30d, avg_fare_30d, refunds_30d"))
                .isEqualTo(Trips.rows(folder, """
                        SELECT "VendorID"::VARCHAR, count(*) FILTER (d = 0), avg(fare_amount) FILTER (d = 0),
                            avg(total_amount) FILTER (d = 0), avg(trip_distance) FILTER (d = 0),
                            count(*) FILTER (d < 7), avg(fare_amount) FILTER (d < 7),
                            count(*), avg(fare_amount), count(*) FILTER (fare_amount < 0)
                        FROM (SELECT *, datediff('day', tpep_pickup_datetime::DATE, DATE '2020-02-05') AS d
                              FROM read_parquet('%s/*.parquet', union_by_name = true))
                        WHERE d BETWEEN 0 AND 29 AND "VendorID" IS NOT NULL GROUP BY 1 ORDER BY 1""".formatted(folder).replace("FILTER (", "FILTER (WHERE ")));
        assertThat(computed.rows()).isEqualTo(60 * 22);
        assertThat(computed.rowsSeen()).isEqualTo(30 * 22);
        assertThat(computed.rowsWithoutCustomer()).isEqualTo(30 * 2);
        assertThat(computed.checks()).containsEntry("undocumented_vendor", 30 * 2L);
        assertThat(computed.customers()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSION snappy", "COMPRESSION gzip", "COMPRESSION zstd", "COMPRESSION uncompressed"})
    void every_codec_gives_the_same_features(String codec) throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), "BIGINT", 0, 3, codec);
        compute("features", Trips.day("2020-01-02"), trips);
        assertThat(written("customer_id, trip_count_1d")).containsExactly("1 | 9", "2 | 9", "4 | 2");
        assertThat(Trips.rows(folder, "SELECT DISTINCT compression FROM parquet_metadata('" + out() + "')"))
                .containsExactly("SNAPPY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTEGER", "BIGINT", "DOUBLE", "VARCHAR"})
    void a_customer_has_the_same_text_whatever_type_it_was_stored_as(String type) throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), type, 0, 1, "COMPRESSION snappy");
        Path noChecks = Files.writeString(folder.resolve("f.yaml"), """
                {name: n, customer: VendorID, time: tpep_pickup_datetime,
                 features: [{name: trips, aggregate: count, window: 1d}]}""");
        new FeatureComputation(DefinitionsReader.read("f.yaml", Files.readString(noChecks)), limits())
                .compute(List.of(trips), Trips.day("2020-01-01"), out());
        assertThat(written("customer_id")).containsExactly("1", "2", "4");
    }

    @Test
    void the_output_has_the_columns_and_types_that_analysts_know() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        compute("features", Trips.day("2020-01-01"), trips);
        assertThat(Trips.rows(folder, "SELECT column_name, column_type FROM (DESCRIBE FROM '" + out() + "')"))
                .containsExactly(
                        "customer_id | VARCHAR",
                        "trip_count_1d | BIGINT",
                        "avg_fare_1d | DOUBLE",
                        "avg_distance_1d | DOUBLE");
    }

    @Test
    void a_mean_of_nothing_is_null_and_numbers_that_are_none_are_not_averaged() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), """
                SELECT v AS "VendorID", TIMESTAMP '2020-01-01 12:00' AS tpep_pickup_datetime, f::DOUBLE AS fare_amount,
                    1.0 AS trip_distance
                FROM (VALUES (1, NULL), (1, 'nan'), (2, 'inf'), (2, '3.5')) AS t(v, f)""", "COMPRESSION snappy");
        compute("features", Trips.day("2020-01-01"), trips);
        assertThat(written("customer_id, trip_count_1d, avg_fare_1d"))
                .containsExactly("1 | 2 | null", "2 | 2 | 3.50000000");
    }

    @Test
    void a_limit_takes_the_first_rows_by_time_and_then_by_their_place() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), """
                SELECT * FROM (SELECT CASE WHEN i %% 10 = 0 THEN NULL ELSE i %% 3 END AS "VendorID",
                    TIMESTAMP '2020-01-01' + INTERVAL ((i * 7919) %% 500) MINUTE AS tpep_pickup_datetime,
                    i * 1.0 AS fare_amount, 1.0 AS trip_distance FROM range(5000) AS r(i))""".formatted(), "ROW_GROUP_SIZE 2048");
        Scope small = new Scope(LocalDate.parse("2021-05-05"), Scope.Mode.FILE, 500);
        Computed computed = compute("features", small, trips);
        assertThat(computed.rowsSeen()).isEqualTo(500);
        assertThat(written("customer_id, date, trip_count_1d, avg_fare_1d"))
                .isEqualTo(Trips.rows(folder, """
                SELECT "VendorID"::VARCHAR, '2021-05-05', count(*), avg(fare_amount) FROM (
                    SELECT * FROM read_parquet('%s', file_row_number = true)
                    ORDER BY tpep_pickup_datetime, file_row_number LIMIT 500)
                WHERE "VendorID" IS NOT NULL GROUP BY 1 ORDER BY 1""".formatted(trips)));
    }

    @Test
    void a_check_that_drops_leaves_rows_out_and_still_counts_them() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        Definitions definitions = DefinitionsReader.read("f.yaml", """
                {name: n, customer: VendorID, time: tpep_pickup_datetime,
                 checks: [{name: low, expected: {column: fare_amount, at_least: 3}, drop: true}],
                 features: [{name: trips, aggregate: count, window: 1d}, {name: least, aggregate: min, column: fare_amount, window: 1d}]}""");
        Computed computed =
                new FeatureComputation(definitions, limits()).compute(List.of(trips), Trips.day("2020-01-01"), out());
        assertThat(computed.checks().get("low"))
                .isEqualTo(computed.rowsDropped())
                .isPositive();
        assertThat(written("min(least) >= 3, sum(trips)")).containsExactly("true | " + (20 - computed.rowsDropped()));
    }

    @Test
    void a_day_without_rows_gives_an_empty_table() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        assertThat(compute("features", Trips.day("1999-01-01"), trips).customers())
                .isZero();
        assertThat(written("*")).isEmpty();
    }

    @Test
    void a_file_cut_short_is_named_and_nothing_is_written() throws Exception {
        Path whole = Trips.write(folder.resolve("whole.parquet"), "BIGINT", 0, 30, "COMPRESSION snappy");
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("it's cut.parquet"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertThatThrownBy(() -> compute("features", Trips.day("2020-01-01"), whole, cut))
                .isInstanceOf(TableException.class)
                .hasMessage(cut + ": cannot be read as Parquet: it does not end with PAR1, so it was cut short");
        assertThat(out()).doesNotExist();
    }

    @Test
    void pages_that_are_damaged_are_refused_with_the_file_and_one_line() throws Exception {
        Path trips = Trips.write(folder.resolve("trips.parquet"), "BIGINT", 0, 30, "COMPRESSION snappy");
        byte[] bytes = Files.readAllBytes(trips);
        Arrays.fill(bytes, 4, 400, (byte) 0x7f);
        Files.write(trips, bytes);
        assertThatThrownBy(() -> compute("features", Trips.day("2020-01-02"), trips))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith(trips + ": ")
                .hasMessageNotContaining("\n");
        assertThat(out()).doesNotExist();
    }

    @Test
    void a_file_that_lacks_a_column_is_named_even_when_others_have_it() throws Exception {
        Path whole = Trips.write(folder.resolve("a.parquet"), "BIGINT", 0, 1, "COMPRESSION snappy");
        Path less = Trips.write(
                folder.resolve("b.parquet"),
                "SELECT 1 AS \"VendorID\", now()::TIMESTAMP AS tpep_pickup_datetime, 2.5 AS trip_distance",
                "COMPRESSION snappy");
        assertThatThrownBy(() -> compute("features", Trips.day("2020-01-01"), whole, less))
                .hasMessageContaining("b.parquet: has no column fare_amount");
    }

    @Test
    void columns_are_found_by_name_in_any_order_and_case() throws Exception {
        Path trips = Trips.write(
                folder.resolve("trips.parquet"),
                "SELECT 2.5 AS TRIP_DISTANCE, 7.5 AS Fare_Amount, 'x' AS extra, TIMESTAMP '2020-01-01' AS Tpep_Pickup_Datetime,"
                        + " 1 AS vendorid",
                "COMPRESSION snappy");
        compute("features", Trips.day("2020-01-01"), trips);
        assertThat(written("*")).containsExactly("1 | 1 | 7.50000000 | 2.50000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "features: [{name: a, aggregate: median, window: 1d}]",
                "features: [{name: a, aggregate: count, window: 2d}]",
                "features: [{name: a, aggregate: mean, window: 1d}]",
                "features: [{name: 'a; drop', aggregate: count, window: 1d}]",
                "features: [{name: date, aggregate: count, window: 1d}]",
                "features: [{name: a, aggregate: count, window: 1d}, {name: a, aggregate: sum, column: x, window: 1d}]",
                "features: [{name: a, aggregate: count, window: 1d, filter: {column: x}}]",
                "features: []"
            })
    void definitions_that_mean_nothing_are_refused_in_one_line_with_their_file(String features) {
        refused("name: n\ncustomer: c\ntime: t\n" + features);
    }

    @Test
    void a_file_without_definitions_is_refused() {
        refused("# Nothing yet");
        refused("null");
    }

    private static void refused(String yaml) {
        assertThatThrownBy(() -> DefinitionsReader.read("mine.yaml", yaml))
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageNotContaining("\n");
    }

    private Computed compute(String definitions, Scope scope, Path... trips) throws IOException {
        String file = "sql/features/" + definitions + ".yaml";
        Definitions read = DefinitionsReader.read(file, Files.readString(PROJECT.resolve(file)));
        return new FeatureComputation(read, limits()).compute(List.of(trips), scope, out());
    }

    private List<String> written(String columns) throws Exception {
        return Trips.rows(folder, "SELECT " + columns + " FROM '" + out() + "'");
    }

    private DuckDb.Limits limits() {
        return new DuckDb.Limits("256MB", 2, folder.resolve("spill"));
    }

    private Path out() {
        return folder.resolve("out/features.parquet");
    }
}
