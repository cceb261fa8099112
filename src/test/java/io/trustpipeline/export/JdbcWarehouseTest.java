package io.trustpipeline.export;

import io.trustpipeline.export.WarehouseSettings.Credentials;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a PostgreSQL of its own. */
class JdbcWarehouseTest {
    private static final QueryValues VALUES = new QueryValues(LocalDate.of(2026, 2, 3), 9001, 5);
    private static final String COLUMNS = " AS comment_unique_key, 'fine'::text AS cleaned_comment";

    private static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        execute("CREATE TABLE written AS SELECT 1 AS i");
        execute("CREATE ROLE reader LOGIN PASSWORD 'pass-word-1'");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void every_type_arrives_as_postgres_has_it() throws Exception {
        String query = """
                SELECT i::text AS comment_unique_key, nullif('text é😀 ' || i, 'text é😀 3') AS cleaned_comment,
                    'v'::varchar(10) AS v, 'c'::char(3) AS c, i::int2 AS i2, -i::int4 AS i4, i * 10000000000 AS i8,
                    (i / 7.0)::float4 AS f4, (i / 7.0)::float8 AS f8, 'NaN'::float8 AS nan,
                    (i * -1.25)::numeric(5,2) AS n5, (i * 1234567890.125)::numeric(18,3) AS n18,
                    '-12345678901234567890123456789012345.678'::numeric(38,3) AS n38, i % 2 = 0 AS truth,
                    DATE '1969-12-31' + i AS day, TIMESTAMP '0001-01-01 00:00:00.000001' AS early,
                    TIMESTAMP '2025-03-30 02:30:00.123456' AS ts, TIMESTAMPTZ '2025-03-30 02:30:00+05' AS tstz,
                    md5(i::text)::uuid AS id, decode('00ff' || lpad(i::text, 2, '0'), 'hex') AS bytes,
                    NULL::int AS never
                FROM generate_series(1, 5) AS i ORDER BY i""";
        TimeZone zone = TimeZone.getDefault();
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            // A clock that skips 02:30 on that day.
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            Exported.Files exported = export(query);
            assertThat(exported.rows()).isEqualTo(5);
            Path file = exported.files().get(0);
            assertThat(oracle.columns(file))
                    .containsExactly(
                            "comment_unique_key | VARCHAR",
                            "cleaned_comment | VARCHAR",
                            "v | VARCHAR",
                            "c | VARCHAR",
                            "i2 | INTEGER",
                            "i4 | INTEGER",
                            "i8 | BIGINT",
                            "f4 | FLOAT",
                            "f8 | DOUBLE",
                            "nan | DOUBLE",
                            "n5 | DECIMAL(5,2)",
                            "n18 | DECIMAL(18,3)",
                            "n38 | DECIMAL(38,3)",
                            "truth | BOOLEAN",
                            "day | DATE",
                            "early | TIMESTAMP",
                            "ts | TIMESTAMP",
                            "tstz | TIMESTAMP WITH TIME ZONE",
                            "id | UUID",
                            "bytes | BLOB",
                            "never | INTEGER");
            // The same values by PostgreSQL's and by DuckDB's own conversion to text.
            oracle.execute("SET TimeZone = 'UTC'");
            String asText =
                    "SELECT comment_unique_key, cleaned_comment, v, c, i2::text, i4::text, i8::text, f8::text, n5::text,"
                            + " n18::text, n38::text, truth::text, day::text, early::text, ts::text, id::text, never::text FROM ";
            assertThat(oracle.rows(asText + DuckDbOracle.parquet(file)))
                    .isEqualTo(postgres(asText + "(" + query + ") AS q"));
            assertThat(oracle.rows("SELECT DISTINCT tstz::text, isnan(nan), f4 > 0, hex(bytes) LIKE '00FF0_' FROM "
                            + DuckDbOracle.parquet(file)))
                    .containsExactly("2025-03-29 21:30:00+00 | true | true | true");
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void more_rows_than_the_heap_holds_are_streamed() throws Exception {
        WarehouseSettings settings = settings(url(), 500, 100_000);
        Exported.Files exported = (Exported.Files) Warehouse.of(settings)
                .export(
                        SqlTemplate.parse(
                                "t",
                                "SELECT i AS comment_unique_key, repeat('nice ', 1000) || i AS cleaned_comment"
                                        + " FROM generate_series(1, 300000) AS i"),
                        VALUES,
                        target());
        assertThat(exported.rows()).isEqualTo(300_000);
        assertThat(exported.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("batch_000.parquet", "batch_001.parquet", "batch_002.parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT count(*), count(DISTINCT comment_unique_key), sum(length(cleaned_comment)),"
                            + " bool_and(cleaned_comment LIKE 'nice %' || comment_unique_key) FROM read_parquet('"
                            + folder
                            + "/raw/batch_*.parquet')"))
                    .containsExactly("300000 | 300000 | " + (300_000L * 5000 + 1_688_895) + " | true");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "9, 1", "10, 1", "11, 2", "20, 2"})
    void files_are_cut_after_the_chosen_number_of_rows(int rows, int files) {
        Exported.Files exported = (Exported.Files) Warehouse.of(settings(url(), 7, 10))
                .export(
                        SqlTemplate.parse("t", "SELECT i" + COLUMNS + " FROM generate_series(1, " + rows + ") AS i"),
                        VALUES,
                        target());
        assertThat(exported.rows()).isEqualTo(rows);
        assertThat(exported.files()).hasSize(files).allSatisfy(file -> assertThat(file)
                .isNotEmptyFile());
    }

    /** The third, Redshift, takes the statement as text: see UnloadStatementTest. */
    @Test
    void the_shipped_query_gives_the_same_rows_in_postgres_and_in_duckdb() throws Exception {
        String tables = """
                CREATE SCHEMA legacy;
                CREATE TABLE legacy.all_cleaned_comments AS SELECT 'k' || i AS comment_unique_key,
                    CASE WHEN i % 9 > 0 THEN 'text ' || i END AS cleaned_comment FROM generate_series(1, 500) AS t(i);
                CREATE TABLE legacy.all_comments_fact AS SELECT 'k' || i AS comment_unique_key, 9000 + i % 2 AS up_id,
                    CASE WHEN i % 11 > 0 THEN DATE '2025-01-01' + (i * 37 % 100)::int END AS posted_date
                    FROM generate_series(1, 520) AS t(i);
                """;
        SqlTemplate shipped =
                SqlTemplate.read(Path.of(System.getProperty("project.dir", "."), "sql", "trust_source.sql"));
        QueryValues values = new QueryValues(LocalDate.of(2026, 2, 3), 9001, 150);
        Path database = folder.resolve("source.duckdb");
        for (String statement : tables.split(";\\s*")) {
            execute(statement.replace("CREATE SCHEMA", "CREATE SCHEMA IF NOT EXISTS"));
        }
        try (DuckDb duckDb = DuckDb.open(database, limits())) {
            for (String statement : tables.split(";\\s*")) {
                duckDb.execute(statement);
            }
        }
        Exported.Files fromPostgres =
                (Exported.Files) Warehouse.of(settings(url(), 10, 1000)).export(shipped, values, target());
        Exported.Files fromDuckDb = (Exported.Files) Warehouse.of(settings(DuckDb.url(database), 10, 1000))
                .export(shipped, values, new ExportTarget(folder.resolve("raw2"), "s3://bucket/raw/batch_"));
        assertThat(fromPostgres.rows()).isEqualTo(150).isEqualTo(fromDuckDb.rows());
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.differences(
                            fromPostgres.files().get(0), fromDuckDb.files().get(0)))
                    .isZero();
        }
    }

    @Test
    void the_same_rows_give_the_same_bytes() throws Exception {
        String query = "SELECT i" + COLUMNS + " FROM generate_series(1, 5000) AS i ORDER BY i";
        byte[] first = Files.readAllBytes(export(query).files().get(0));
        assertThat(export(query).files().get(0)).hasBinaryContent(first);
    }

    @Test
    void values_are_bound() throws Exception {
        export("SELECT {UP_ID} AS comment_unique_key, :run_date::text AS cleaned_comment, :row_limit AS n"
                + " FROM generate_series(1, 9) i WHERE i <= :row_limit");
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            assertThat(oracle.rows("SELECT DISTINCT comment_unique_key, cleaned_comment, n, count(*) OVER () FROM "
                            + DuckDbOracle.parquet(folder.resolve("raw/batch_000.parquet"))))
                    .containsExactly("9001 | 2026-02-03 | 5 | 5");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 FROM nowhere|DATA_REFUSED|relation \"nowhere\" does not exist",
                "SELECT nothing FROM pg_class|DATA_REFUSED|column \"nothing\" does not exist",
                "SELECT 1 FROM WHERE|CONFIGURATION|syntax error",
                "WITH d AS (DELETE FROM written RETURNING 1) SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment FROM d|CONFIGURATION|read-only transaction",
                "SELECT 1 AS comment_unique_key|DATA_REFUSED|column cleaned_comment is missing; there are comment_unique_key",
                "SELECT 'a'::text AS cleaned_comment|DATA_REFUSED|column comment_unique_key is missing",
                "SELECT 1 AS comment_unique_key, 2 AS cleaned_comment|DATA_REFUSED|column cleaned_comment is int4 and must be text",
                "SELECT 1.5 AS comment_unique_key, 'a'::text AS cleaned_comment|DATA_REFUSED|column comment_unique_key is numeric and must be text or an integer",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, 1 AS x, 2 AS \"X\"|DATA_REFUSED|column \"X\" stands twice",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, ARRAY[1] AS tags|DATA_REFUSED|column \"tags\" of the result is _int4, which cannot be exported; cast it",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, '{}'::jsonb AS j|DATA_REFUSED|column \"j\" of the result is jsonb",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, 1.5::numeric AS n|DATA_REFUSED|column \"n\" of the result is numeric without precision",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, B'101' AS bits|DATA_REFUSED|column \"bits\" of the result is bit",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, 'infinity'::date AS d|DATA_REFUSED|row 1 of the result: the value of column \"d\" does not fit into DATE",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, 'secret'::int AS i|DATA_REFUSED|invalid input syntax for type integer: …",
                "SELECT 1 AS comment_unique_key, 'a'::text AS cleaned_comment, 1 / (i - 3) AS x FROM generate_series(1, 9) i|DATA_REFUSED|division by zero",
            })
    void what_is_wrong_with_a_query_or_its_result_is_said_in_one_line(String query, ExitCode exitCode, String reason) {
        assertThatThrownBy(() -> export(query))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContaining(reason == null ? "" : reason)
                .hasMessageNotContaining("secret")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        assertThat(folder.resolve("raw")).satisfiesAnyOf(raw -> assertThat(raw).doesNotExist(), raw -> assertThat(raw)
                .isEmptyDirectory());
    }

    @Test
    void a_query_that_takes_too_long_is_given_up() {
        WarehouseSettings settings = new WarehouseSettings(
                url(), Optional.empty(), Duration.ofSeconds(1), 10, 10, UnloadOptions.standard("default"), limits());
        assertThatThrownBy(() -> Warehouse.of(settings)
                        .export(SqlTemplate.parse("t", "SELECT pg_sleep(20)::text" + COLUMNS), VALUES, target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("the query did not finish in 1 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?user=reader&password=wrong-word-2", "?password=wrong-word-2&user=nobody"})
    void a_wrong_password_is_a_matter_of_configuration_and_is_not_shown(String parameters) throws Exception {
        requirePasswords();
        String url = url().split("\\?")[0] + parameters;
        assertThatThrownBy(() -> Warehouse.of(settings(url, 10, 10))
                        .export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageStartingWith("warehouse " + url().split("\\?")[0] + ": ")
                .hasMessageContaining("28P01")
                .hasMessageNotContaining("wrong-word-2");
    }

    @Test
    void credentials_can_be_given_apart_from_the_url() throws Exception {
        requirePasswords();
        WarehouseSettings settings = WarehouseSettings.standard(
                url().split("\\?")[0], Optional.of(new Credentials("reader", "pass-word-1")), limits());
        assertThat(Warehouse.of(settings)
                        .export(SqlTemplate.parse("t", "SELECT 1" + COLUMNS), VALUES, target())
                        .rows())
                .isEqualTo(1);
        assertThat(settings.toString()).doesNotContain("pass-word-1");
    }

    @Test
    void a_warehouse_that_does_not_answer_is_unavailable() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        for (String product : List.of("postgresql", "redshift")) {
            String url = "jdbc:" + product + "://127.0.0.1:" + port + "/db?user=u&password=pass-word-3";
            assertThatThrownBy(() -> Warehouse.of(settings(url, 10, 10))
                            .export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessageStartingWith("warehouse jdbc:" + product + "://127.0.0.1:" + port + "/db: ")
                    .hasMessageNotContaining("pass-word-3");
        }
    }

    @Test
    void a_database_that_does_not_exist_is_a_matter_of_configuration() {
        String url = url().replace("/postgres?", "/nowhere?");
        assertThatThrownBy(() -> Warehouse.of(settings(url, 10, 10))
                        .export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("database \"nowhere\" does not exist");
    }

    @Test
    void a_url_without_a_driver_is_a_matter_of_configuration() {
        assertThatThrownBy(() -> Warehouse.of(settings("jdbc:oracle:thin:u/pass-word-4@//h/db", 10, 10))
                        .export(SqlTemplate.parse("t", "SELECT 1"), VALUES, target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("no driver for such a URL")
                .hasMessageNotContaining("pass-word-4");
    }

    private Exported.Files export(String query) {
        return (Exported.Files)
                Warehouse.of(settings(url(), 100, 1000)).export(SqlTemplate.parse("t", query), VALUES, target());
    }

    private ExportTarget target() {
        return new ExportTarget(folder.resolve("raw"), "s3://bucket/raw/batch_");
    }

    private WarehouseSettings settings(String url, int fetchSize, long rowsPerFile) {
        return new WarehouseSettings(
                url,
                Optional.empty(),
                Duration.ofMinutes(5),
                fetchSize,
                rowsPerFile,
                UnloadOptions.standard("default"),
                limits());
    }

    private DuckDb.Limits limits() {
        return DuckDb.Limits.standard(folder);
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** The embedded server trusts everyone; this makes it ask everyone but its own user. */
    private static void requirePasswords() throws Exception {
        Path rules = Path.of(postgres("SHOW hba_file").get(0));
        Files.writeString(rules, "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
        execute("SELECT pg_reload_conf()");
        Thread.sleep(200);
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> postgres(String sql) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    values.add(rows.getString(column));
                }
                lines.add(String.join(" | ", values));
            }
            return lines;
        }
    }
}
