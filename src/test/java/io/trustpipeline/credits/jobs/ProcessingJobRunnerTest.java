package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.fakes.StatementServer;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.credits.sql.LookerSql;
import io.trustpipeline.credits.warehouse.EvidenceQueries;
import io.trustpipeline.credits.warehouse.QueryEngine;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProcessingJobRunnerTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));
    private static final String EXECUTION = "20260115T123456-4k7q2m9x";

    private static StatementServer warehouse;
    private static QueryEngine engine;
    private static FraudQuery query;

    private final RunObjects objects = new RunObjects(new ObjectStore(new MemoryS3(), "bucket", CreditLayout.PREFIX));
    private final CreditLayout layout = CreditLayout.real();

    @BeforeAll
    static void start() throws Exception {
        warehouse = StatementServer.started(Files.readString(PROJECT.resolve("demo/credits/warehouse.sql")));
        Properties login = new Properties();
        login.setProperty("user", "test");
        engine = new QueryEngine(
                warehouse.jdbcUrl(), () -> login, new Attempts(1, Duration.ofMillis(1)), new SilentMetrics());
        query = ((LookerSql.Verify) LookerSql.read(Files.readString(PROJECT.resolve("demo/credits/look.sql")))).query();
    }

    @AfterAll
    static void stop() {
        engine.close();
        warehouse.close();
    }

    /** What the container does. */
    private String program(JsonNode job) {
        assertThat(SageMakerPeer.arguments(job)).containsExactly("task", "credits", "--execution", EXECUTION);
        EvidenceQueries queries = new EvidenceQueries(
                engine, ProcessingJobRunnerTest::file, Duration.ofSeconds(20), Duration.ofSeconds(20));
        try {
            new RemoteExecution(
                            objects,
                            layout,
                            new InProcessRunner(objects, layout, queries, Choices.OURS, Clock.systemUTC()))
                    .run(EXECUTION);
            return "Completed";
        } catch (PipelineException failed) {
            return "Failed";
        }
    }

    private static String file(String name) {
        try {
            return Files.readString(PROJECT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CreditResult run(Function<JsonNode, String> work, Duration cap) throws Exception {
        try (SageMakerPeer peer = new SageMakerPeer(work)) {
            return runner(peer, cap).run(EXECUTION, query);
        }
    }

    private ProcessingJobRunner runner(SageMakerPeer peer, Duration cap) {
        return new ProcessingJobRunner(
                objects,
                layout,
                peer.jobs(),
                name -> List.of("last words of " + name),
                new ProcessingJobs.Kind(
                        "image:1",
                        "arn:aws:iam::111122223333:role/job",
                        "ml.m5.xlarge",
                        cap,
                        Map.of("TRUST_STORAGE_BUCKET", "bucket")),
                Duration.ofMillis(10));
    }

    @Test
    void a_job_computes_what_the_process_itself_would() throws Exception {
        try (SageMakerPeer peer = new SageMakerPeer(this::program)) {
            CreditResult result = runner(peer, Duration.ofMinutes(30)).run(EXECUTION, query);
            assertThat(result.amount()).isEqualTo("7253.76");
            JsonNode job = peer.created().get(0);
            assertThat(job.path("ProcessingJobName").asText()).matches("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}");
            assertThat(job.at("/StoppingCondition/MaxRuntimeInSeconds").asInt()).isEqualTo(1_800);
            assertThat(job.at("/ProcessingResources/ClusterConfig/VolumeSizeInGB")
                            .asInt())
                    .isEqualTo(30);
            job.path("Environment").forEach(value -> assertThat(value.asText()).hasSizeLessThanOrEqualTo(256));
            assertThat(job.toString()).doesNotContain("SELECT");
            assertThat(runner(peer, Duration.ofMinutes(30)).run(EXECUTION, query))
                    .isEqualTo(result);
            assertThat(peer.created()).hasSize(1);
        }
    }

    @Test
    void a_job_that_was_begun_before_a_crash_is_waited_for_not_begun_again() throws Exception {
        try (SageMakerPeer peer = new SageMakerPeer(this::program)) {
            objects.create(layout.query(EXECUTION), query);
            assertThat(peer.jobs()
                            .begin(
                                    "credits-automation-" + EXECUTION,
                                    new ProcessingJobs.Kind(
                                            "image:1",
                                            "arn:aws:iam::111122223333:role/job",
                                            "ml.m5.xlarge",
                                            Duration.ofMinutes(30),
                                            Map.of()),
                                    List.of("task", "credits", "--execution", EXECUTION)))
                    .isTrue();
            assertThat(runner(peer, Duration.ofMinutes(30))
                            .run(EXECUTION, query)
                            .amount())
                    .isEqualTo("7253.76");
            assertThat(peer.created()).hasSize(1);
        }
    }

    @Test
    void a_job_that_fails_is_told_with_its_arn_and_last_lines() {
        assertThatThrownBy(() -> run(job -> "Failed", Duration.ofMinutes(30)))
                .hasMessageContaining("processing-job/credits-automation-" + EXECUTION)
                .hasMessageContaining("AlgorithmError: exit code 70")
                .hasMessageContaining("last words of credits-automation-" + EXECUTION)
                .extracting("exitCode")
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void what_the_program_refuses_is_refused_and_not_tried_again() {
        objects.create(
                layout.query(EXECUTION), new FraudQuery("SELECT nothing", query.account(), query.start(), query.end()));
        assertThatThrownBy(() -> run(this::program, Duration.ofMinutes(30)))
                .hasMessageContaining("query fraud: refused by the warehouse")
                .extracting("exitCode")
                .isEqualTo(ExitCode.DATA_REFUSED);
    }

    @Test
    void a_job_without_a_result_has_failed() {
        assertThatThrownBy(() -> run(job -> "Completed", Duration.ofMinutes(30)))
                .hasMessageContaining("completed without a result")
                .extracting("exitCode")
                .isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void a_job_that_was_stopped_has_failed() {
        assertThatThrownBy(() -> run(job -> "Stopped", Duration.ofMinutes(30)))
                .hasMessageContaining("Stopped, no reason given");
    }

    @Test
    void a_job_that_takes_too_long_is_stopped() throws Exception {
        try (SageMakerPeer peer = new SageMakerPeer(job -> "InProgress")) {
            assertThatThrownBy(() -> runner(peer, Duration.ofSeconds(1)).run(EXECUTION, query))
                    .hasMessageContaining("was stopped after 1 s")
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(peer.stopped()).containsExactly("credits-automation-" + EXECUTION);
        }
    }

    @Test
    void a_value_that_is_too_long_for_a_job_is_refused_before_anything_runs() {
        assertThatThrownBy(() -> new ProcessingJobs.Kind(
                        "i", "r", "ml.m5.xlarge", Duration.ofSeconds(1), Map.of("X", "x".repeat(257))))
                .hasMessage("X: has 257 characters, and a job takes 256");
    }
}
