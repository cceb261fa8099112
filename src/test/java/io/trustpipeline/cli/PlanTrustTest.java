package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PlanTrustTest {
    @TempDir
    Path folder;

    private Path home;
    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        home = folder.resolve("home");
        comments = SmallData.comments(folder.resolve("comments.csv"), 300);
        models = SmallData.models(folder.resolve("models"));
    }

    @Test
    void a_plan_says_what_each_stage_takes_and_writes_nothing() {
        Invocation plan = plan();
        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(plan.out())
                .containsPattern("stage +rows +tokens +minutes +vCPU-hours +cost")
                .containsPattern("export +301 +\\d+\\.\\d\\d +\\d\\.\\d{4} +\\d\\.\\d{4}")
                .containsPattern("score +301 +[1-9]\\d+ +\\d+\\.\\d\\d ")
                .contains("by no earlier run with these models; they were measured just now: ");
        assertThat(Invocation.of("status", "--home", home.toString()).out()).contains("no runs yet");
        assertThat(Invocation.bucket(home).resolve("trust_scoring")).doesNotExist();
    }

    @Test
    void a_plan_after_a_run_is_calibrated_by_it_and_counts_what_the_ledger_has() throws Exception {
        assertThat(run("first").status()).isZero();
        JsonNode actual = Invocation.manifest(home, "first").path("stages");
        assertThat(actual.findValuesAsText("stage")).containsExactly("export", "plan", "score", "commit");
        assertThat(actual.at("/2/actual/rows").asLong())
                .isEqualTo(Invocation.manifest(home, "first").at("/rows/scored").asLong());
        assertThat(actual.at("/2/actual/tokens").asLong()).isBetween(1_000L, 100_000L);
        assertThat(actual.at("/2/actual/seconds").asDouble()).isPositive();
        assertThat(actual.at("/2/actual/cost").asDouble()).isPositive();
        assertThat(actual.at("/2/estimate").isMissingNode()).isTrue();
        Invocation plan = plan();
        assertThat(plan.out()).contains("by 1 earlier runs with these models: ");
        long left = 301 - Invocation.manifest(home, "first").at("/rows/scored").asLong();
        assertThat(plan.out()).containsPattern("score +" + left + " ");
    }

    @Test
    void a_run_beyond_its_limits_is_refused_before_anything_happens() {
        Invocation refused = run("dear", "--max-minutes", "0.000001", "--max-cost", "0.0000001");
        assertThat(refused.status()).isEqualTo(64);
        assertThat(refused.err())
                .hasLineCount(2)
                .contains("--max-minutes 1.0E-6: the run would take about ")
                .contains("--max-cost 1.0E-7: the run would cost about ")
                .contains("nothing was started");
        assertThat(Invocation.bucket(home).resolve("trust_scoring")).doesNotExist();
        assertThat(run("none", "--max-minutes", "0").status()).isEqualTo(64);
        assertThat(run("none", "--max-cost", "NaN").status()).isEqualTo(64);
    }

    @Test
    void a_run_within_its_limits_keeps_its_estimate_beside_what_happened() throws Exception {
        Invocation run = run("cheap", "--max-minutes", "30", "--max-cost", "5");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode score = Invocation.manifest(home, "cheap").at("/stages/2");
        assertThat(score.at("/estimate/rows").asLong()).isEqualTo(301);
        long expected = score.at("/estimate/tokens").asLong();
        assertThat(score.at("/actual/tokens").asLong()).isBetween(expected / 2, expected * 2);
        assertThat(score.at("/estimate/seconds").asDouble()).isPositive();
        assertThat(Invocation.of("verify", "cheap", "--home", home.toString()).status())
                .isZero();
    }

    private Invocation plan() {
        return Invocation.of(
                "plan",
                "trust",
                "--up-id",
                "7168",
                "--home",
                home.toString(),
                "--warehouse",
                comments.toString(),
                "--models",
                models.toString());
    }

    private Invocation run(String runId, String... more) {
        List<String> line = new ArrayList<>(List.of("--run-id", runId));
        line.addAll(List.of(more));
        return Invocation.of(SmallData.arguments(home, comments, models, line.toArray(String[]::new)));
    }
}
