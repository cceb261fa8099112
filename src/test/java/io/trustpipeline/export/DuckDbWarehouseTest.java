package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DuckDbWarehouseTest {
    private static final QueryValues VALUES = new QueryValues(LocalDate.of(2026, 2, 3), 9001, 5);

    @TempDir
    Path folder;

    Path database;

    @BeforeEach
    void fill() throws Exception {
        database = folder.resolve("it's.duckdb");
        try (DuckDb duckDb = DuckDb.open(database, DuckDb.Limits.standard(folder))) {
            duckDb.execute(
                    "CREATE TABLE c AS SELECT range AS k, 'text ' || range AS t, DATE '2026-01-01' + range::INT AS d"
                            + " FROM range(200000)");
        }
    }

    @Test
    void rows_and_types_come_out_in_the_order_of_the_query() throws Exception {
        Exported.Files exported =
                export("SELECT k AS comment_unique_key, t AS cleaned_comment, d FROM c ORDER BY hash(k) -- x");
        assertThat(exported.rows()).isEqualTo(200_000);
        assertThat(exported.files()).containsExactly(folder.resolve("it's raw/batch_000.parquet"));
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            Path file = exported.files().get(0);
            assertThat(oracle.columns(file))
                    .containsExactly("comment_unique_key | BIGINT", "cleaned_comment | VARCHAR", "d | DATE");
            assertThat(oracle.rows(
                            "SELECT count(*), bool_and(h >= p) FROM (SELECT h, lag(h) OVER (ORDER BY n) AS p FROM"
                                    + " (SELECT hash(comment_unique_key) AS h, file_row_number AS n FROM read_parquet("
                                    + DuckDb.file(file) + ", file_row_number = true)))"))
                    .containsExactly("200000 | true");
        }
    }

    @Test
    void values_are_bound() throws Exception {
        Exported.Files exported =
                export("SELECT {UP_ID} AS comment_unique_key, ':up_id' AS cleaned_comment, :run_date AS d FROM c"
                        + " WHERE k < :row_limit");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT DISTINCT *, count(*) OVER () FROM "
                            + DuckDbOracle.parquet(exported.files().get(0))))
                    .containsExactly("9001 | :up_id | 2026-02-03 | 5");
        }
    }

    @Test
    void texts_of_a_megabyte_fit_into_the_memory_given() throws Exception {
        Exported.Files exported = export("SELECT k AS comment_unique_key, repeat(chr(97 + (k % 26)::INT), 1000000) AS"
                + " cleaned_comment FROM c WHERE k < 100 ORDER BY k DESC");
        assertThat(exported.rows()).isEqualTo(100);
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT max(row_group_bytes) < 100000000 FROM parquet_metadata("
                            + DuckDb.file(exported.files().get(0)) + ")"))
                    .containsExactly("true");
        }
    }

    @Test
    void no_rows_are_a_file_with_the_columns() throws Exception {
        Exported.Files exported = export("SELECT k AS comment_unique_key, t AS cleaned_comment FROM c WHERE false");
        assertThat(exported.rows()).isZero();
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.columns(exported.files().get(0)))
                    .containsExactly("comment_unique_key | BIGINT", "cleaned_comment | VARCHAR");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT * FROM legacy.nowhere|DATA_REFUSED|Catalog Error: Table with name \"legacy.nowhere\" does not exist",
                "SELECT nothing FROM c|DATA_REFUSED|Binder Error: Referenced column \"nothing\" not found",
                "SELECT 1 FRM c x y|CONFIGURATION|Parser Error: syntax error",
                "DELETE FROM c|CONFIGURATION|a query begins with SELECT or WITH",
                "SELECT k AS comment_unique_key FROM c|DATA_REFUSED|column cleaned_comment is missing; there are comment_unique_key",
                "SELECT k AS comment_unique_key, d AS cleaned_comment FROM c|DATA_REFUSED|column cleaned_comment is DATE and must be text",
                "SELECT d AS comment_unique_key, t AS cleaned_comment FROM c|DATA_REFUSED|column comment_unique_key is DATE and must be text or an integer",
                "SELECT k AS comment_unique_key, t AS cleaned_comment, t::INT AS i FROM c|DATA_REFUSED|Could not convert string …",
            })
    void what_is_wrong_with_a_query_or_its_result_is_said_in_one_line(String query, ExitCode exitCode, String reason) {
        assertThatThrownBy(() -> export(query))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(reason == null ? "" : reason)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        assertThat(folder.resolve("it's raw"))
                .satisfiesAnyOf(raw -> assertThat(raw).doesNotExist(), raw -> assertThat(raw)
                        .isEmptyDirectory());
    }

    @Test
    void a_query_that_takes_too_long_is_given_up() {
        WarehouseSettings settings = new WarehouseSettings(
                DuckDb.url(database),
                Optional.empty(),
                Duration.ofSeconds(1),
                10,
                10,
                UnloadOptions.standard("default"),
                DuckDb.Limits.standard(folder));
        assertThatThrownBy(() -> Warehouse.of(settings)
                        .export(
                                SqlTemplate.parse(
                                        "t",
                                        "SELECT count(*) AS comment_unique_key, 'a' AS cleaned_comment FROM c a, c b, c d"
                                                + " WHERE hash(a.k, b.k, d.k) % 7 = 3"),
                                VALUES,
                                target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageEndingWith("the query did not finish in 1 s");
    }

    @Test
    void a_database_that_is_not_there_is_a_matter_of_configuration() {
        Path nowhere = folder.resolve("nowhere.duckdb");
        assertThatThrownBy(() ->
                        Warehouse.of(settings(nowhere)).export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION));
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void something_that_is_no_database_is_refused() throws Exception {
        Path text = Files.writeString(folder.resolve("x.duckdb"), "not a database, but long enough ".repeat(500));
        assertThatThrownBy(
                        () -> Warehouse.of(settings(text)).export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("not a valid DuckDB database file");
    }

    private Exported.Files export(String query) {
        return (Exported.Files)
                Warehouse.of(settings(database)).export(SqlTemplate.parse("t", query), VALUES, target());
    }

    private ExportTarget target() {
        return new ExportTarget(folder.resolve("it's raw"), "s3://bucket/raw/batch_");
    }

    private WarehouseSettings settings(Path file) {
        return WarehouseSettings.standard(DuckDb.url(file), Optional.empty(), DuckDb.Limits.standard(folder));
    }
}
