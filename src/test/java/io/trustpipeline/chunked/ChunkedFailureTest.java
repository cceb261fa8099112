package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever happens to a run, its table ends as the uninterrupted run's, and what failed is said. */
class ChunkedFailureTest {
    private static final ChunkSizes SIZES = new ChunkSizes(400, 600, 50, 1_000);

    private static VisitDatabase databases;
    private static String uninterrupted;

    @BeforeAll
    static void run_once_without_trouble() throws Exception {
        databases = VisitDatabase.start(240);
        String url = databases.copy();
        complete(url, "calm");
        uninterrupted = VisitDatabase.fingerprint(url);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void two_runs_at_once_end_like_one() throws Exception {
        String url = databases.copy();
        CompletableFuture<ChunkedReport> other = CompletableFuture.supplyAsync(() -> complete(url, "other"));
        ChunkedReport one = complete(url, "one");
        assertThat(one.result()).isEqualTo(ChunkedReport.Result.OK);
        assertThat(other.get(60, TimeUnit.SECONDS).result()).isEqualTo(ChunkedReport.Result.OK);
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
    }

    @Test
    void two_processes_of_one_run_share_its_chunks() throws Exception {
        String url = databases.copy();
        CompletableFuture<ChunkedReport> other = CompletableFuture.supplyAsync(() -> complete(url, "shared"));
        complete(url, "shared");
        other.get(60, TimeUnit.SECONDS);
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
        assertThat(VisitDatabase.number(url, "SELECT max(attempts) FROM chunked_ledger.chunk"))
                .isEqualTo(1);
    }

    @Test
    void a_zombie_whose_lease_ran_out_leaves_no_trace() throws Exception {
        String url = databases.copy();
        Declaration declaration = VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED));
        ChunkedRun run = VisitDatabase.run(url, declaration);
        ChunkedRun.Claimed claimed = run.plan(run.snapshot(run.validate(request("zombie"))));
        try (Connection zombie = DriverManager.getConnection(url)) {
            zombie.setAutoCommit(false);
            ClaimedChunk chunk =
                    ChunkLedger.claim(zombie, "zombie", Duration.ofMillis(1)).orElseThrow();
            assertThat(run.check(run.process(claimed)).result()).isEqualTo(ChunkedReport.Result.OK);
            ChunkWorker worker = new ChunkWorker(declaration, claimed.context());
            assertThatThrownBy(() -> worker.process(zombie, chunk)).isInstanceOf(ChunkWorker.LostLease.class);
            zombie.rollback();
            ChunkLedger.failed(zombie, chunk, "a zombie's last word");
        }
        assertThat(VisitDatabase.number(url, "SELECT max(attempts) FROM chunked_ledger.chunk WHERE chunk_id = 0"))
                .isEqualTo(2);
        assertThat(VisitDatabase.number(url, "SELECT count(*) FROM chunked_ledger.chunk WHERE status <> 'done'"))
                .isZero();
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
    }

    @Test
    void a_chunk_whose_transaction_is_open_is_not_taken_however_old_its_lease() throws Exception {
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED)));
        run.plan(run.validate(request("held")));
        try (Connection slow = DriverManager.getConnection(url);
                Connection other = DriverManager.getConnection(url)) {
            slow.setAutoCommit(false);
            other.setAutoCommit(false);
            ClaimedChunk chunk =
                    ChunkLedger.claim(slow, "held", Duration.ofMillis(1)).orElseThrow();
            assertThat(ChunkLedger.hold(slow, chunk)).isTrue();
            Thread.sleep(20);
            assertThat(ChunkLedger.claim(other, "held", Duration.ofSeconds(1))
                            .orElseThrow()
                            .id())
                    .isNotEqualTo(chunk.id());
            slow.rollback();
            assertThat(ChunkLedger.claim(other, "held", Duration.ofSeconds(1))
                            .orElseThrow()
                            .id())
                    .isEqualTo(chunk.id());
        }
    }

    @Test
    void a_deadlock_is_tried_again() throws Exception {
        String url = databases.copy();
        // The rows of the first chunk, locked from the other end; then the ledger's line, which the chunk holds.
        VisitDatabase.execute(
                url,
                "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(0.4); RETURN NEW; END $$;"
                        + "CREATE TRIGGER slow BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION slow()");
        ChunkedRun run = VisitDatabase.run(
                url,
                VisitDatabase.conflicts(
                        new ChunkSizes(1_000_000, 1_000_000, 0, 1_000_000), workers(Isolation.READ_COMMITTED)));
        ChunkedRun.Claimed claimed = run.plan(run.snapshot(run.validate(request("deadlock"))));
        try (Connection rival = DriverManager.getConnection(url);
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            statement.execute("SET deadlock_timeout = '10s'");
            statement.execute("SELECT FROM conflict.conflictvisitmaps FOR UPDATE");
            CompletableFuture<ChunkedReport> running =
                    CompletableFuture.supplyAsync(() -> run.check(run.process(claimed)));
            while (VisitDatabase.number(url, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'")
                    == 0) {
                Thread.sleep(20);
            }
            statement.execute("SELECT FROM chunked_ledger.chunk FOR UPDATE");
            rival.rollback();
            assertThat(running.get(60, TimeUnit.SECONDS).result()).isEqualTo(ChunkedReport.Result.OK);
        }
        assertThat(VisitDatabase.number(url, "SELECT max(attempts) FROM chunked_ledger.chunk"))
                .isGreaterThan(1);
        assertThat(VisitDatabase.lines(url, "SELECT error FROM chunked_ledger.chunk"))
                .singleElement()
                .asString()
                .contains("SQLSTATE 40P01");
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
    }

    @Test
    void a_serialisation_failure_is_tried_again() throws Exception {
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(
                url,
                VisitDatabase.conflicts(
                        new ChunkSizes(1_000_000, 1_000_000, 0, 1_000_000), workers(Isolation.SERIALIZABLE)));
        ChunkedRun.Claimed claimed = run.plan(run.snapshot(run.validate(request("serial"))));
        try (Connection rival = DriverManager.getConnection(url);
                Statement statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            statement.execute("UPDATE conflict.conflictvisitmaps SET \"UpdatedDate\" = NULL");
            CompletableFuture<ChunkedReport> running =
                    CompletableFuture.supplyAsync(() -> run.check(run.process(claimed)));
            while (VisitDatabase.number(url, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'")
                    == 0) {
                Thread.sleep(20);
            }
            rival.commit();
            assertThat(running.get(60, TimeUnit.SECONDS).result()).isEqualTo(ChunkedReport.Result.OK);
        }
        assertThat(VisitDatabase.number(url, "SELECT max(attempts) FROM chunked_ledger.chunk"))
                .isGreaterThan(1);
        assertThat(VisitDatabase.lines(url, "SELECT error FROM chunked_ledger.chunk"))
                .singleElement()
                .asString()
                .contains("SQLSTATE 40001");
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
    }

    @Test
    void a_chunk_that_fails_leaves_no_trace_does_not_stop_the_others_and_is_completed_later() throws Exception {
        String url = databases.copy();
        VisitDatabase.execute(
                url,
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN IF NEW.\"ID\" = 1500 THEN RAISE EXCEPTION 'carer %', NEW.\"SSN\"; END IF; RETURN NEW; END $$;"
                        + "CREATE TRIGGER refuse BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION refuse();"
                        + "UPDATE conflict.conflictvisitmaps SET \"SSN\" = \"SSN\" WHERE \"ID\" <> 1500");
        ChunkedReport report = complete(url, "partial");
        assertThat(report.result()).isEqualTo(ChunkedReport.Result.PARTIAL);
        assertThat(report.status().failed()).isEqualTo(1);
        assertThat(report.status().done()).isGreaterThan(3);
        assertThat(report.failures())
                .singleElement()
                .asString()
                .contains("SQLSTATE P0001")
                .doesNotContainPattern("9\\d\\d-\\d\\d");
        assertThat(VisitDatabase.number(url, "SELECT \"InProgressFlag\" FROM conflict.settings"))
                .isEqualTo(2);
        assertThat(VisitDatabase.number(
                        url,
                        "SELECT count(*) FROM conflict.conflictvisitmaps m JOIN chunked_ledger.chunk_key k"
                                + " ON k.key = ARRAY[m.\"VisitDate\"::text, m.\"SSN\"] JOIN chunked_ledger.chunk c USING (run_id, chunk_id)"
                                + " WHERE c.status = 'failed' AND m.\"UpdatedDate\" IS NOT NULL"))
                .isZero();
        VisitDatabase.execute(url, "DROP TRIGGER refuse ON conflict.conflictvisitmaps");
        assertThat(complete(url, "partial").result()).isEqualTo(ChunkedReport.Result.OK);
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
        assertThat(VisitDatabase.number(url, "SELECT \"InProgressFlag\" FROM conflict.settings"))
                .isZero();
    }

    @Test
    void a_run_id_belongs_to_one_request() throws Exception {
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts());
        run.validate(request("mine"));
        assertThatThrownBy(() -> run.validate(new ChunkedRequest(
                        "mine", VisitDatabase.RUN_DATE.plusDays(1), ChunkedRequest.Mode.AUTO, false, null)))
                .isInstanceOfSatisfying(PipelineException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.REQUEST_REFUSED));
    }

    @Test
    void workers_for_whom_the_server_has_no_connection_leave_their_chunks_to_the_others() throws Exception {
        String url = databases.copy();
        VisitDatabase.execute(
                url,
                "CREATE ROLE few LOGIN CONNECTION LIMIT 2; GRANT ALL ON DATABASE " + url.replaceAll(".*/|[?].*", "")
                        + " TO few; GRANT ALL ON SCHEMA conflict, analytics TO few;"
                        + " GRANT ALL ON ALL TABLES IN SCHEMA conflict, analytics TO few");
        assertThat(complete(url.replace("user=postgres", "user=few"), "few").result())
                .isEqualTo(ChunkedReport.Result.OK);
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
    }

    private static Workers workers(Isolation isolation) {
        return new Workers(4, 0, 5, List.of(0.05, 0.1, 0.2, 0.4, 0.8), isolation);
    }

    private static ChunkedRequest request(String runId) {
        return new ChunkedRequest(runId, VisitDatabase.RUN_DATE, ChunkedRequest.Mode.CHUNKED, false, null);
    }

    private static ChunkedReport complete(String url, String runId) {
        return VisitDatabase.complete(
                VisitDatabase.run(url, VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED))),
                runId,
                ChunkedRequest.Mode.CHUNKED);
    }
}
