package io.trustpipeline.chunked;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What a plan, its objects and the errors of its chunks say, and what they keep to themselves. */
class ChunkedPlanTest {
    private static final ChunkSizes SIZES = new ChunkSizes(400, 600, 50, 1_000);

    private static VisitDatabase databases;

    @BeforeAll
    static void generate() throws Exception {
        databases = VisitDatabase.start(240);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void a_plan_with_other_chunks_than_its_checksum_was_made_of_is_not_intact() throws Exception {
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED)));
        PlanObject plan = run.planObject(run.plan(run.validate(request("intact"))));
        assertThat(plan.intact()).isTrue();
        PlanObject other = new PlanObject(
                plan.runId(),
                plan.declaration(),
                plan.declarationDigest(),
                plan.totalRows(),
                plan.rowsWithoutKey(),
                plan.numChunks() - 1,
                plan.concurrency(),
                plan.chunks().subList(1, plan.numChunks()),
                plan.sha256());
        assertThat(other.intact()).isFalse();
    }

    @Test
    void no_object_of_a_plan_and_no_exception_quotes_a_key() throws Exception {
        String url = databases.copy();
        VisitDatabase.execute(
                url,
                "CREATE FUNCTION quote() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'carer %', NEW.\"SSN\" USING DETAIL = NEW.\"SSN\"; END $$;"
                        + "CREATE TRIGGER quote BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION quote()");
        Declaration declaration = VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED));
        ChunkedRun run = VisitDatabase.run(url, declaration);
        ChunkedRun.Claimed claimed = run.plan(run.validate(request("quoting")));
        StringWriter said = new StringWriter();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            ClaimedChunk chunk = ChunkLedger.claim(connection, "quoting", Duration.ofMinutes(1))
                    .orElseThrow();
            said.append(chunk.toString());
            Throwable thrown =
                    catchThrowable(() -> new ChunkWorker(declaration, claimed.context()).process(connection, chunk));
            thrown.printStackTrace(new PrintWriter(said, true));
            connection.rollback();
            ChunkLedger.renew(connection, chunk, Duration.ofMillis(1), "");
        }
        List<KeyCount> keys =
                VisitDatabase.lines(url, "SELECT DISTINCT \"SSN\" FROM conflict.conflictvisitmaps").stream()
                        .map(ssn -> new KeyCount(List.of("2025-01-01", String.valueOf(ssn)), 1))
                        .toList();
        ChunkPlanner planner = new ChunkPlanner(SIZES, chunk -> said.append(chunk.toString()));
        keys.forEach(planner::add);
        planner.finish();
        said.append(keys.toString()).append(run.planObject(claimed).toString());
        said.append(run.check(run.process(claimed)).toString());
        said.append(VisitDatabase.runs(url).chunks("quoting").toString());
        assertThat(said.toString()).contains("mark.sql", "SQLSTATE P0001", "1 rows");
        for (String ssn : VisitDatabase.lines(url, "SELECT DISTINCT btrim(\"SSN\") FROM analytics.dimcaregiver")) {
            assertThat(said.toString()).doesNotContain(ssn).doesNotContain(ssn.replace("-", ""));
        }
    }

    @Test
    void keys_changed_behind_the_plan_fail_their_chunk() throws Exception {
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts(SIZES, workers(Isolation.READ_COMMITTED)));
        ChunkedRun.Claimed claimed = run.plan(run.snapshot(run.validate(request("changed"))));
        VisitDatabase.execute(
                url,
                "UPDATE chunked_ledger.chunk_key SET key[2] = 'another'"
                        + " WHERE ctid = (SELECT min(ctid) FROM chunked_ledger.chunk_key)");
        ChunkedReport report = run.check(run.process(claimed));
        assertThat(report.status().failed()).isEqualTo(1);
        assertThat(VisitDatabase.runs(url).verify("changed"))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("has other keys than were planned"));
    }

    private static Workers workers(Isolation isolation) {
        return new Workers(4, 0, 5, List.of(0.05, 0.1, 0.2, 0.4, 0.8), isolation);
    }

    private static ChunkedRequest request(String runId) {
        return new ChunkedRequest(runId, VisitDatabase.RUN_DATE, ChunkedRequest.Mode.CHUNKED, false, null);
    }
}
