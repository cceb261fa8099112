package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.credits.jobs.SageMakerPeer;
import io.trustpipeline.store.SharedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Amounts computed in processing jobs: a SageMaker at wire level starts the program as its container would. */
@Tag("slow")
class CreditsJobTest {
    @TempDir
    Path folder;

    private CreditsWorld world;
    private SharedStore store;

    @BeforeEach
    void start() throws Exception {
        world = CreditsWorld.in(folder);
        store = new SharedStore(folder.resolve("store"));
    }

    @AfterEach
    void stop() {
        store.close();
        world.close();
    }

    /** What the container does: its environment is the job's alone, but for the door to this test's store. */
    private String program(JsonNode job) {
        Map<String, String> environment = new HashMap<>(store.environment(store.endpoint()));
        job.path("Environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        environment.put("TRUST_RUN_HOME", folder.resolve("job").toString());
        String[] arguments = SageMakerPeer.arguments(job).toArray(String[]::new);
        try (ProgramProcess process = ProgramProcess.start(folder, environment, arguments)) {
            ProgramProcess.Ended ended = process.end();
            return ended.status() == 0 ? "Completed" : "Failed";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private ProgramProcess.Ended poll(SageMakerPeer sageMaker) throws Exception {
        Map<String, String> environment = world.environment();
        environment.putAll(store.environment(store.endpoint()));
        environment.put("TRUST_CREDITS_JOB_IMAGE", "trust-pipeline:1");
        environment.put("TRUST_CREDITS_JOB_ROLE", "arn:aws:iam::111122223333:role/job");
        environment.put("TRUST_CREDITS_JOB_POLL", "0.05s");
        environment.put("TRUST_CREDITS_JOB_ENDPOINT", sageMaker.endpoint().toString());
        try (ProgramProcess process = ProgramProcess.start(
                folder, environment, "run", "credits", "--home", world.home().toString())) {
            return process.end();
        }
    }

    @Test
    void a_request_is_answered_with_what_a_job_computed() throws Exception {
        try (SageMakerPeer sageMaker = new SageMakerPeer(this::program)) {
            String ts = world.write("please " + CreditsWorld.LINK);
            ProgramProcess.Ended ended = poll(sageMaker);
            assertThat(ended.status()).as(ended.text()).isZero();
            assertThat(world.slack.replies(ts)).containsExactly("Approved, $7253.76, exceptions");
            assertThat(sageMaker.created()).hasSize(1);
        }
    }

    @Test
    void a_job_that_dies_is_begun_again_and_then_told_once_with_its_arn_and_last_lines() throws Exception {
        try (SageMakerPeer sageMaker = new SageMakerPeer(job -> "Failed")) {
            String ts = world.write("please " + CreditsWorld.LINK);
            for (int i = 0; i < 3; i++) {
                assertThat(poll(sageMaker).status()).isZero();
            }
            assertThat(world.slack.replies(ts)).isEmpty();
            assertThat(sageMaker.created()).as("two attempts").hasSize(2);
            assertThat(world.slack.directMessages())
                    .singleElement()
                    .asString()
                    .contains(
                            "attempt 2 of 2",
                            "arn:aws:sagemaker:us-east-2:111122223333:processing-job/credits-automation-",
                            "AlgorithmError: exit code 70",
                            "its last lines: " + SageMakerPeer.LAST_LINE);
        }
    }
}
