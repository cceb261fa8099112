package io.trustpipeline.export;

import io.trustpipeline.export.WarehouseSettings.Credentials;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Export;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Prices;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.RunState;
import io.trustpipeline.run.StageTimes;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.run.StoredObject;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.EmbeddedS3;
import io.trustpipeline.store.HomeLock;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.S3Clients;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Redshift driver and the real UNLOAD text, over the wire to a double, and the objects that it leaves in S3. */
class RedshiftWarehouseTest {
    private static final String BUCKET = "data-bucket";
    private static final String ROLE = "arn:aws:iam::123456789012:role/unload";
    private static final int COMMENTS = 1_000;

    @TempDir
    static Path folder;

    private static EmbeddedPostgres postgres;
    private static HomeLock lock;
    private static EmbeddedS3 server;
    private static S3Client s3;
    private static ObjectStore store;
    private static RedshiftDouble redshift;

    private Run run;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        execute("CREATE SCHEMA legacy");
        execute("CREATE TABLE legacy.all_cleaned_comments AS SELECT 'k' || i AS comment_unique_key,"
                + " nullif('it''s text é😀 ' || i, 'it''s text é😀 3') AS cleaned_comment FROM generate_series(1, "
                + COMMENTS + ") AS i");
        execute("CREATE TABLE legacy.all_comments_fact AS SELECT 'k' || i AS comment_unique_key,"
                + " DATE '2025-01-01' + i % 300 AS posted_date, 9001 + i % 2 AS up_id FROM generate_series(1, "
                + COMMENTS + ") AS i");
        execute("CREATE FUNCTION pg_last_unload_count() RETURNS bigint LANGUAGE sql AS"
                + " $$SELECT current_setting('redshift.unloaded')::bigint$$");
        execute("CREATE ROLE \"IAMR:trust\" LOGIN PASSWORD 'for-some-minutes'");
        execute("GRANT USAGE ON SCHEMA legacy TO \"IAMR:trust\"");
        execute("GRANT SELECT ON ALL TABLES IN SCHEMA legacy TO \"IAMR:trust\"");
        lock = HomeLock.acquire(folder.resolve("home"), Clock.systemUTC());
        server = EmbeddedS3.start(lock, BUCKET);
        s3 = S3Clients.of(server);
        store = new ObjectStore(s3, BUCKET, "trust_scoring/");
        redshift = new RedshiftDouble(postgres.getPort(), s3, folder, ROLE);
    }

    @AfterAll
    static void stop() throws Exception {
        redshift.close();
        s3.close();
        server.close();
        lock.close();
        postgres.close();
    }

    @BeforeEach
    void run_of_this_test(TestInfo test) {
        String runId = test.getTestMethod().orElseThrow().getName();
        RunRequest request = new RunRequest(LocalDate.of(2026, 2, 3), runId.substring(0, 20), null, 9001);
        run = new Run(request, new RunLayout(BUCKET, "trust_scoring/", request), RunState.STARTED, 1);
    }

    @Test
    void the_shipped_query_is_unloaded_by_every_slice_and_its_manifest_names_the_objects() throws Exception {
        Export export = export(settings(UnloadOptions.standard(ROLE)), shipped());

        assertThat(export.dialect()).isEqualTo("redshift");
        assertThat(export.objects())
                .extracting(StoredObject::key)
                .containsExactly(
                        key("batch_0000_part_00.parquet"),
                        key("batch_0001_part_00.parquet"),
                        key("batch_0002_part_00.parquet"),
                        key("batch_0003_part_00.parquet"));
        assertThat(export.objects())
                .allSatisfy(object -> assertThat(object.rows()).isPositive());
        assertThat(export.rows()).isEqualTo(COMMENTS / 2);
        assertThat(rows(export)).isEqualTo(expected());
        assertThat(redshift.unloads())
                .last()
                .asString()
                .isEqualTo(UnloadStatement.of(
                        shipped().rendered(new QueryValues(LocalDate.of(2026, 2, 3), 9001, Integer.MAX_VALUE)),
                        run.layout().uri(key("batch_")),
                        UnloadOptions.standard(ROLE)));
    }

    @Test
    void one_slice_may_write_alone_in_the_order_of_the_query() throws Exception {
        Export export = export(settings(UnloadOptions.parse(ROLE, "parallel=off")), shipped());
        assertThat(export.objects())
                .singleElement()
                .extracting(StoredObject::key)
                .isEqualTo(key("batch_000.parquet"));
        assertThat(rows(export)).isEqualTo(expected());
    }

    @Test
    void without_a_manifest_the_objects_are_listed() throws Exception {
        Export export = export(settings(UnloadOptions.parse(ROLE, "manifest=off")), shipped());
        assertThat(store.exists(key("batch_manifest"))).isFalse();
        assertThat(export.objects()).hasSize(UnloadPeer.SLICES);
        assertThat(rows(export)).isEqualTo(expected());
    }

    @Test
    void a_query_with_both_kinds_of_quotes_arrives_whole() throws Exception {
        Export export = export(
                settings(UnloadOptions.standard(ROLE)),
                SqlTemplate.parse("t", "SELECT 'k''1' AS comment_unique_key, $$it's$$::text AS cleaned_comment"));
        assertThat(rows(export)).containsExactly("k'1 | it's");
    }

    @Test
    void an_attempt_after_one_that_was_cut_off_leaves_its_objects_alone() throws Exception {
        String stray = key("batch_0000_part_00.parquet");
        store.putIfAbsent(stray, "cut off".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        run = new Run(run.request(), run.layout(), RunState.STARTED, 2);
        Export export = export(settings(UnloadOptions.standard(ROLE)), shipped());
        assertThat(export.objects()).hasSize(UnloadPeer.SLICES).allSatisfy(object -> assertThat(object.key())
                .startsWith(key("batch_a2_")));
        assertThat(store.getBytes(stray)).asString().isEqualTo("cut off");
    }

    @Test
    void a_destination_that_is_not_empty_is_said_in_redshifts_words() {
        put(key("batch_0000_part_00.parquet"), "here first");
        Warehouse warehouse = Warehouse.of(settings(UnloadOptions.standard(ROLE)));
        assertThatThrownBy(() -> warehouse.export(shipped(), values(), target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("Specified unload destination on S3 is not empty")
                .hasMessageNotContaining("\n");
    }

    @Test
    void what_redshift_says_of_a_failed_unload_is_carried_in_one_line() {
        Warehouse warehouse = Warehouse.of(settings(UnloadOptions.standard(ROLE + "-of-others")));
        assertThatThrownBy(() -> warehouse.export(shipped(), values(), target()))
                .isInstanceOf(PipelineException.class)
                .hasMessageMatching("warehouse jdbc:redshift://127.0.0.1:\\d+/postgres: ERROR: .*is not authorized to"
                        + " assume IAM Role .*error: not authorized to assume IAM Role code: 8001 context: IAM Role"
                        + " query: 4711.*\\(SQLSTATE XX000\\)");
    }

    @Test
    void a_stop_cancels_the_unload_at_the_server() throws Exception {
        StopSignal stop = new StopSignal();
        CompletableFuture<Exported> exporting = exporting(settings(UnloadOptions.standard(ROLE)), stop);
        waitForUnload();
        stop.stop();
        assertThatThrownBy(exporting::join).cause().isInstanceOfSatisfying(PipelineException.class, e -> assertThat(
                        e.exitCode())
                .isEqualTo(ExitCode.STOPPED));
        assertThat(redshift.unloading()).isFalse();
    }

    @Test
    void an_unload_that_somebody_else_cancels_is_not_called_a_time_out() throws Exception {
        CompletableFuture<Exported> exporting = exporting(settings(UnloadOptions.standard(ROLE)), new StopSignal());
        waitForUnload();
        redshift.abortAll();
        assertThatThrownBy(exporting::join)
                .cause()
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("Query (4711) cancelled on user's request")
                .hasMessageEndingWith("(SQLSTATE 57014)");
    }

    @Test
    void an_unload_that_takes_too_long_is_given_up() {
        WarehouseSettings settings = settings(UnloadOptions.standard(ROLE), Duration.ofSeconds(1));
        assertThatThrownBy(() -> Warehouse.of(settings).export(slow(), values(), target()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessageContaining("the query did not finish in 1 s");
        assertThat(redshift.unloading()).isFalse();
    }

    @Test
    void a_missing_column_is_said_before_anything_is_unloaded() {
        int before = redshift.unloads().size();
        Warehouse warehouse = Warehouse.of(settings(UnloadOptions.standard(ROLE)));
        assertThatThrownBy(() -> warehouse.export(
                        SqlTemplate.parse("t", "SELECT 'k' AS comment_unique_key, 1 AS posted"), values(), target()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("column cleaned_comment is missing");
        assertThat(redshift.unloads()).hasSize(before);
    }

    @Test
    void a_serverless_workgroup_is_entered_with_the_callers_identity() throws Exception {
        try (ServerlessPeer peer = new ServerlessPeer("trust", "dev", redshift.port())) {
            ServerlessLogin.Login login =
                    new ServerlessLogin("us-east-2", peer.endpoint(), "?ssl=false").login("trust", "dev");
            assertThat(login.credentials()).isEqualTo(new Credentials("IAMR:trust", "for-some-minutes"));
            assertThat(login.toString()).doesNotContain("for-some-minutes");
            WarehouseSettings settings = new WarehouseSettings(
                    login.url().replace("/dev?", "/postgres?"),
                    Optional.of(login.credentials()),
                    Duration.ofMinutes(1),
                    10,
                    10,
                    UnloadOptions.standard(ROLE),
                    limits());
            assertThat(rows(export(settings, shipped()))).isEqualTo(expected());
        }
    }

    @Test
    void a_workgroup_that_is_not_there_or_may_not_be_entered_is_a_matter_of_configuration() throws Exception {
        try (ServerlessPeer peer = new ServerlessPeer("trust", "dev", redshift.port())) {
            ServerlessLogin entrance = new ServerlessLogin("us-east-2", peer.endpoint(), "");
            assertThatThrownBy(() -> entrance.login("rust", "dev"))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessageStartingWith("Redshift workgroup rust: no workgroup rust");
            assertThatThrownBy(() -> entrance.login("trust", "prod"))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessageStartingWith("Redshift workgroup trust: not authorized");
        }
    }

    private CompletableFuture<Exported> exporting(WarehouseSettings settings, StopSignal stop) {
        Warehouse warehouse = Warehouse.of(settings, stop);
        return CompletableFuture.supplyAsync(() -> warehouse.export(slow(), values(), target()));
    }

    private static SqlTemplate slow() {
        return SqlTemplate.parse(
                "t",
                "SELECT 'k' AS comment_unique_key, 'slow'::text AS cleaned_comment, pg_sleep(60)::text AS nothing");
    }

    private static void waitForUnload() throws InterruptedException {
        for (int tries = 0; !redshift.unloading(); tries++) {
            assertThat(tries).as("tenths of a second until the UNLOAD runs").isLessThan(300);
            Thread.sleep(100);
        }
        // The query begins a moment after its statement is known.
        Thread.sleep(300);
    }

    private Export export(WarehouseSettings settings, SqlTemplate template) {
        Workspace workspace = new Workspace(folder.resolve("work"));
        Exporter exporter = new Exporter(
                store,
                workspace,
                new Redrives(store, workspace, "trust_scoring/"),
                () -> Warehouse.of(settings),
                template,
                Integer.MAX_VALUE,
                Progress.SILENT,
                new StageTimes(() -> 0, () -> 0, new Prices(0, 0, 1, 1), new StopSignal()));
        return exporter.verify(exporter.export(run)).export();
    }

    private List<String> rows(Export export) throws Exception {
        try (DuckDbOracle oracle = new DuckDbOracle(folder)) {
            String files = String.join(
                    ", ",
                    export.objects().stream()
                            .map(object -> DuckDb.file(server.folder().resolve(object.key())))
                            .toList());
            return oracle.rows("SELECT * FROM read_parquet([" + files + "], hive_partitioning = false)"
                    + " ORDER BY comment_unique_key");
        }
    }

    private static List<String> expected() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT c.comment_unique_key, posted_date, cleaned_comment"
                        + " FROM legacy.all_cleaned_comments c JOIN legacy.all_comments_fact f USING"
                        + " (comment_unique_key) WHERE up_id = 9001 AND cleaned_comment IS NOT NULL"
                        + " ORDER BY c.comment_unique_key COLLATE \"C\"")) {
            while (result.next()) {
                rows.add(result.getString(1) + " | " + result.getDate(2) + " | " + result.getString(3));
            }
        }
        return rows;
    }

    private static SqlTemplate shipped() {
        return SqlTemplate.read(Path.of(System.getProperty("project.dir", "."), "sql", "trust_source.sql"));
    }

    private static QueryValues values() {
        return new QueryValues(LocalDate.of(2026, 2, 3), 9001, 10_000);
    }

    private ExportTarget target() {
        return new ExportTarget(folder, run.layout().uri(key("batch_")));
    }

    private String key(String name) {
        return run.layout().rawPrefix() + name;
    }

    private static void put(String key, String text) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(text));
    }

    private static WarehouseSettings settings(UnloadOptions unload) {
        return settings(unload, Duration.ofMinutes(1));
    }

    private static WarehouseSettings settings(UnloadOptions unload, Duration timeout) {
        return new WarehouseSettings(
                "jdbc:redshift://127.0.0.1:" + redshift.port() + "/postgres?ssl=false",
                Optional.of(new Credentials("postgres", "")),
                timeout,
                10,
                10,
                unload,
                limits());
    }

    private static DuckDb.Limits limits() {
        return DuckDb.Limits.standard(folder);
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
