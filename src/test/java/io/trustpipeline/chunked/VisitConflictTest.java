package io.trustpipeline.chunked;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The visit conflicts against a real PostgreSQL and an oracle of their own. */
class VisitConflictTest {
    private static final ChunkSizes SMALL = new ChunkSizes(1_000, 1_500, 100, 1_000);
    private static final Workers FIVE = new Workers(5, 0, 5, List.of(0.05, 0.1, 0.2), Isolation.READ_COMMITTED);

    private static VisitDatabase databases;

    @BeforeAll
    static void generate() throws Exception {
        databases = VisitDatabase.start(3_300);
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void fifty_thousand_rows_become_what_the_oracle_says_and_stay_so() throws Exception {
        String before = databases.copy();
        String url = databases.copy();
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts(SMALL, FIVE));
        ChunkedReport report = VisitDatabase.complete(run, "first", ChunkedRequest.Mode.CHUNKED);
        assertThat(report.result()).as(report.toString()).isEqualTo(ChunkedReport.Result.OK);
        OracleComparison comparison = new OracleComparison(before, url);
        assertThat(comparison.differences).isEmpty();
        assertThat(comparison.rows).isGreaterThan(45_000);
        assertThat(comparison.unseen).isEqualTo(report.status().unseen());
        assertThat(comparison.oracle.met.keySet()).containsAll(VisitConflictOracle.FLAGS);
        assertThat(comparison.oracle.met)
                .containsKeys(
                        "touching", "same zip", "no speed", "two empty schedules", "an empty schedule", "half a visit");
        assertThat(report.status().rowsWithoutKey()).isPositive();
        assertThat(VisitDatabase.number(url, "SELECT count(*) FROM chunked_ledger.chunk WHERE oversize"))
                .isPositive();
        assertThat(VisitDatabase.number(url, "SELECT \"InProgressFlag\" FROM conflict.settings"))
                .isZero();
        assertThat(VisitDatabase.runs(url).verify("first")).isEmpty();

        String fingerprint = VisitDatabase.fingerprint(url);
        String versions = VisitDatabase.versions(url);
        ChunkedReport resumed = VisitDatabase.complete(run, "first", ChunkedRequest.Mode.CHUNKED);
        assertThat(resumed.status().updated()).isEqualTo(report.status().updated());
        ChunkedReport again = VisitDatabase.complete(run, "second", ChunkedRequest.Mode.SEQUENTIAL);
        assertThat(again.status().updated()).isZero();
        assertThat(again.status().marked()).isZero();
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(fingerprint);
        assertThat(VisitDatabase.versions(url)).as("no row was written again").isEqualTo(versions);
    }

    @Test
    @Tag("slow")
    void a_million_rows_become_what_the_oracle_says() throws Exception {
        try (VisitDatabase million = VisitDatabase.start(66_000)) {
            String before = million.copy();
            String url = million.copy();
            ChunkedRun run = VisitDatabase.run(
                    url, VisitDatabase.conflicts(VisitDatabase.conflicts().chunks(), FIVE));
            ChunkedReport report = VisitDatabase.complete(run, "million", ChunkedRequest.Mode.CHUNKED);
            assertThat(report.result()).as(report.toString()).isEqualTo(ChunkedReport.Result.OK);
            OracleComparison comparison = new OracleComparison(before, url);
            assertThat(comparison.differences).isEmpty();
            assertThat(comparison.rows).isGreaterThan(1_000_000);
            assertThat(comparison.oracle.met.keySet()).containsAll(VisitConflictOracle.FLAGS);
            String versions = VisitDatabase.versions(url);
            assertThat(VisitDatabase.complete(run, "again", ChunkedRequest.Mode.CHUNKED)
                            .status()
                            .updated())
                    .isZero();
            assertThat(VisitDatabase.versions(url)).isEqualTo(versions);
        }
    }
}
