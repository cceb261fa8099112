package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The state machine, executed in an emulator with processes of this program as its tasks, against the run of a laptop. */
@Tag("cloud")
class CloudRunTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CONCURRENCY = 3;

    /** Has the same comments as 7168. */
    private static final long OTHER_CLIENT = 7169;

    @TempDir
    static Path shared;

    private static CommentServer comments;
    private static Path models;
    private static AwsEmulator aws;
    private static DeployedStateMachine machine;
    private static FargateDouble fargate;

    @TempDir
    Path folder;

    @BeforeAll
    static void deploy() throws Exception {
        comments = CommentServer.start(SmallData.comments(shared.resolve("comments.csv"), 60));
        comments.execute("INSERT INTO legacy.all_comments_fact SELECT comment_unique_key, posted_date, " + OTHER_CLIENT
                + " FROM legacy.all_comments_fact");
        models = SmallData.models(shared.resolve("models"));
        aws = AwsEmulator.start(shared.resolve("emulator.log"));
        machine = DeployedStateMachine.in(aws, CONCURRENCY);
        Map<String, String> environment = new HashMap<>(machine.environment());
        environment.putAll(warehouse());
        environment.put("TRUST_CLOUD_ONE_TASK_ROWS", "20");
        fargate = new FargateDouble(aws, Files.createDirectory(shared.resolve("tasks")), environment);
    }

    @BeforeEach
    void forget_what_was_heard_before() throws Exception {
        fargate.tasks();
        machine.heard();
    }

    @AfterAll
    static void stop() throws Exception {
        fargate.close();
        machine.close();
        aws.close();
        comments.close();
    }

    @Test
    void nine_raw_files_three_tasks_at_a_time_one_killed_and_one_row_poisoned_end_like_a_laptop_s_run()
            throws Exception {
        // Its data are written, its receipt is not.
        fargate.killOnce("score --run-id many --shard 4", "AFTER_SCORED_OBJECT");
        JsonNode execution = machine.execute("first", request("many", 7168));
        assertThat(execution.path("status").asText())
                .as(execution + "\n" + fargate.tasks())
                .isEqualTo("SUCCEEDED");
        JsonNode result = JSON.readTree(execution.path("output").asText());
        assertThat(result.path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(result.at("/rows/rejected").asInt()).as("the poisoned row").isEqualTo(1);

        List<FargateDouble.Task> tasks = of("many");
        assertThat(tasks).extracting(FargateDouble.Task::status).containsOnly(0, 137);
        assertThat(tasks).filteredOn(task -> task.status() == 137).hasSize(1);
        assertThat(tasks)
                .filteredOn(task -> task.line().endsWith("--shard 4"))
                .as("killed, then tried again")
                .hasSize(2);
        assertThat(tasks).as("prepare, 9 shards, one of them twice, commit").hasSize(12);
        assertThat(fargate.mostRunning())
                .as("processes at a time; in each place one that has reported may take a moment to end")
                .isBetween(2, 2 * CONCURRENCY);
        assertThat(machine.heard()).singleElement().satisfies(message -> {
            assertThat(message.path("Subject").asText()).isEqualTo("Trust scoring done: run many");
            assertThat(message.at("/MessageAttributes/notify_email/Value").asText())
                    .isEqualTo("ana@example.org");
        });
        assertLikeLaptop("many", 7168);

        JsonNode again = machine.execute("again", request("many", 7168));
        assertThat(again.path("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(JSON.readTree(again.path("output").asText())).isEqualTo(result);
        assertThat(of("many")).as("one task sees that all is done").hasSize(13);
        assertThat(machine.heard()).as("nobody is told twice").isEmpty();
    }

    @Test
    void a_small_run_takes_one_task_and_is_named_after_the_execution() throws Exception {
        JsonNode execution = machine.execute("small-1", "{\"up_id\": 1}");
        assertThat(execution.path("status").asText())
                .as(execution + "\n" + fargate.tasks())
                .isEqualTo("SUCCEEDED");
        assertThat(JSON.readTree(execution.path("output").asText())
                        .path("run_id")
                        .asText())
                .isEqualTo("small-1");
        assertThat(of("small-1")).singleElement();
        assertThat(machine.heard()).hasSize(1);
    }

    @Test
    void a_shard_that_cannot_be_scored_fails_the_run_and_is_all_that_a_second_execution_scores() throws Exception {
        ProgramProcess.Ended prepared = byHand("task", "trust", "prepare", "--input", request("broken", OTHER_CLIENT));
        assertThat(prepared.status()).as(prepared.text()).isZero();
        String lost = "trust_scoring/raw/run_date=2025-09-26/run_id=broken/batch_006.parquet";
        byte[] bytes = machine.read(lost);
        machine.delete(lost);

        JsonNode failed = machine.execute("fails", request("broken", OTHER_CLIENT));
        assertThat(failed.path("status").asText()).as(failed.toString()).isEqualTo("FAILED");
        assertThat(machine.heard()).singleElement().satisfies(message -> {
            assertThat(message.path("Subject").asText()).isEqualTo("Trust scoring failed");
            assertThat(message.path("Message").asText())
                    .startsWith("Run broken stopped before its end; nothing of it is published.")
                    .contains("send the same request with the same run_id");
        });
        assertThat(of("broken"))
                .filteredOn(task -> task.line().endsWith("--shard 6"))
                .as("wrong data are not tried again")
                .singleElement()
                .satisfies(task -> assertThat(task.status()).isEqualTo(65));

        machine.restore(lost, bytes);
        int before = of("broken").size();
        JsonNode resumed = machine.execute("resumes", request("broken", OTHER_CLIENT));
        assertThat(resumed.path("status").asText()).as(resumed.toString()).isEqualTo("SUCCEEDED");
        assertThat(of("broken").size() - before)
                .as("prepare, which does the one shard that was left and commits")
                .isBetween(1, 5);
        assertLikeLaptop("broken", OTHER_CLIENT);
    }

    @Test
    void a_request_that_is_refused_is_told_with_the_reason_and_not_tried_again() throws Exception {
        JsonNode execution = machine.execute("refused", "{\"run_id\": \"refused-1\", \"up_id\": 0}");
        assertThat(execution.path("status").asText()).isEqualTo("FAILED");
        assertThat(machine.heard()).singleElement().satisfies(message -> assertThat(
                        message.path("Message").asText())
                .contains("RequestRefused: up_id: 0 is not a whole number from 1"));
        assertThat(of("refused-1")).hasSize(1);
    }

    @Test
    void run_trust_cloud_starts_an_execution_shows_its_states_and_ends_with_its_exit_code() throws Exception {
        ProgramProcess.Ended done = inCloud("{\"run_id\": \"watched\", \"up_id\": 2}");
        assertThat(done.status()).as(done.text()).isZero();
        assertThat(done.lines()).contains("Prepare", "Done");
        assertThat(done.text().replace(" ", ""))
                .contains("\"run_id\":\"watched\"")
                .contains("\"state\":\"NOTIFIED\"");
        ProgramProcess.Ended other = inCloud("{\"run_id\": \"watched\", \"up_id\": 3}");
        assertThat(other.status()).as(other.text()).isEqualTo(64);
        assertThat(other.text()).contains("\"watched\" belongs to another request (up_id was 2, now 3)");
        ProgramProcess.Ended dear = byHand(
                "run",
                "trust",
                "--cloud",
                "--max-cost",
                "0.0000001",
                "--input",
                "{\"run_id\": \"dear\", \"up_id\": 2}");
        assertThat(dear.status()).as(dear.text()).isEqualTo(64);
        assertThat(dear.text()).contains("--max-cost 1.0E-7: the run would cost about");
        assertThat(machine.heard()).as("done, failed, and too dear").hasSize(3);
    }

    private ProgramProcess.Ended inCloud(String request) throws Exception {
        return byHand("run", "trust", "--cloud", "--input", request);
    }

    private List<FargateDouble.Task> of(String runId) throws InterruptedException {
        return fargate.tasks().stream()
                .filter(task -> task.line().contains(runId))
                .toList();
    }

    private void assertLikeLaptop(String runId, long upId) throws Exception {
        Path laptop = folder.resolve("laptop");
        try (ProgramProcess process = ProgramProcess.start(
                folder, warehouse(), "run", "trust", "--input", request(runId, upId), "--home", laptop.toString())) {
            ProgramProcess.Ended ended = process.end();
            assertThat(ended.status()).as(ended.text()).isZero();
        }
        Path cloud = folder.resolve("cloud");
        machine.copyTo(cloud);
        FinalState expected = FinalState.of(laptop, runId);
        FinalState actual = FinalState.of(cloud, runId);
        assertThat(expected.manifest().path("raw")).hasSize(9);
        assertThat(actual.manifest()).isEqualTo(expected.manifest());
        assertThat(parquet(actual, runId)).isEqualTo(parquet(expected, runId)).isNotEmpty();
    }

    /** The digests of a run's data; the emulator's bucket holds other runs as well. */
    private static Map<String, String> parquet(FinalState state, String runId) {
        Map<String, String> data = new TreeMap<>(state.objects());
        data.keySet()
                .removeIf(key -> !key.endsWith(".parquet")
                        || !(key.contains("run_id=" + runId + "/")
                                || key.contains("/" + runId + ".parquet")
                                || key.contains("/" + runId + "/")));
        return data;
    }

    /** A process that somebody starts by hand. */
    private ProgramProcess.Ended byHand(String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(machine.environment());
        environment.putAll(warehouse());
        environment.put("TRUST_CLOUD_ONE_TASK_ROWS", "20");
        environment.put("TRUST_RUN_HOME", folder.resolve("by-hand").toString());
        try (ProgramProcess process = ProgramProcess.start(folder, environment, arguments)) {
            return process.end();
        }
    }

    private static Map<String, String> warehouse() {
        return Map.of(
                "TRUST_WAREHOUSE_URL",
                comments.url(),
                "TRUST_WAREHOUSE_ROWS_PER_FILE",
                "7",
                "TRUST_MODELS_LOCATION",
                models.toString(),
                "TRUST_MANAGEMENT_PORT",
                "0");
    }

    private static String request(String runId, long upId) {
        return "{\"run_id\":\"%s\",\"run_date\":\"2025-09-26\",\"up_id\":%d,\"email\":\"ana@example.org\"}"
                .formatted(runId, upId);
    }
}
