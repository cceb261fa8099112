package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cloud.SfnPeer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** The tasks of a state machine, one after the other on one machine, against the run of a laptop. */
class TaskTrustTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REQUEST =
            "{\"run_id\": \"tasks-1\", \"run_date\": \"2025-09-26\", \"up_id\": 7168, \"email\": \"ana@example.org\"}";

    @TempDir
    static Path shared;

    private static CommentServer comments;
    private static Path models;
    private static FinalState laptop;

    @TempDir
    Path folder;

    private Path home;
    private String url;

    @BeforeAll
    static void run_on_a_laptop() throws Exception {
        comments = CommentServer.start(SmallData.comments(shared.resolve("comments.csv"), 40));
        models = SmallData.models(shared.resolve("models"));
        Path home = shared.resolve("laptop");
        Invocation run = invoke("run trust", home, comments.url(), 12, 0, "--input", REQUEST);
        assertThat(run.status()).as(run.err()).isZero();
        laptop = FinalState.of(home, "tasks-1");
        assertThat(laptop.manifest().path("raw")).hasSize(4);
        assertThat(laptop.manifest().at("/rows/rejected").asLong()).isEqualTo(1);
    }

    @AfterAll
    static void stop() throws Exception {
        comments.close();
    }

    @BeforeEach
    void prepare() {
        home = folder.resolve("home");
        url = comments.url();
    }

    @Test
    void tasks_that_come_twice_and_in_any_order_leave_what_a_laptop_leaves() throws Exception {
        JsonNode prepared = report(task("prepare", 0, "--input", REQUEST));
        assertThat(prepared.path("run_id").asText()).isEqualTo("tasks-1");
        assertThat(prepared.path("shards").asInt()).isEqualTo(4);
        assertThat(prepared.path("rows").asInt()).isEqualTo(41);
        assertThat(prepared.path("single").asBoolean()).isFalse();
        assertThat(items(prepared)).containsExactly(0, 1, 2, 3);

        score(2);
        score(0);
        Invocation early = task("commit", 0, "--run-id", "tasks-1");
        assertThat(early.status()).isEqualTo(65);
        assertThat(early.err()).contains("2 of its 4 shards are not done (1, 3)");
        JsonNode again = report(task("prepare", 0, "--input", REQUEST));
        assertThat(items(again)).as("what is done is not mapped over again").containsExactly(1, 3);

        score(3);
        JsonNode once = score(1);
        assertThat(score(1)).isEqualTo(once);
        JsonNode committed = report(task("commit", 0, "--run-id", "tasks-1"));
        assertThat(committed.path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(report(task("commit", 0, "--run-id", "tasks-1"))).isEqualTo(committed);
        assertThat(score(1)).as("a task that comes after the end").isEqualTo(once);
        assertThat(finalState()).isEqualTo(laptop);
        JsonNode stages = Invocation.manifest(home, "tasks-1").path("stages");
        assertThat(stages.findValuesAsText("stage")).containsExactly("export", "plan", "score", "commit");
        assertThat(stages.at("/2/actual/rows"))
                .as("of four tasks")
                .isEqualTo(laptop.manifest().at("/rows/scored"));
        assertThat(stages.at("/2/actual/tokens").asInt()).isPositive();
        assertThat(report(task("prepare", 0, "--input", REQUEST))
                        .at("/result/state")
                        .asText())
                .isEqualTo("NOTIFIED");
    }

    @Tag("slow")
    @Test
    void a_small_run_takes_one_task() throws Exception {
        JsonNode prepared = report(task("prepare", 1_000, "--input", REQUEST));
        assertThat(prepared.path("single").asBoolean()).isTrue();
        assertThat(prepared.at("/result/state").asText()).isEqualTo("NOTIFIED");
        assertThat(prepared.at("/result/rows/exported").asInt()).isEqualTo(41);
        assertThat(finalState()).isEqualTo(laptop);
    }

    @Tag("slow")
    @Test
    void the_tail_of_a_run_that_tasks_began_is_finished_by_a_laptop() throws Exception {
        report(task("prepare", 0, "--input", REQUEST));
        score(3);
        Invocation rest = invoke("run trust", home, url, 12, 0, "--input", REQUEST);
        assertThat(rest.status()).as(rest.err()).isZero();
        assertThat(finalState()).isEqualTo(laptop);
    }

    @Test
    void tasks_keep_to_the_limits_of_the_request_that_began_them() throws Exception {
        Invocation dear = task("prepare", 0, "--input", with("max_cost", "0.0000001"));
        assertThat(dear.status()).isEqualTo(64);
        assertThat(dear.err()).contains("--max-cost 1.0E-7: the run would cost about ");
        Path claims = Invocation.bucket(home).resolve("trust_scoring/runs/tasks-1/claims");
        assertThat(claims).doesNotExist();

        report(task("prepare", 0, "--input", with("max_minutes", "60")));
        Path attempt = claims.resolve("attempt-0001.json");
        String earlier = Files.readString(attempt)
                .replaceFirst("started_at\" : \"[^\"]+", "started_at\" : \"2020-01-01T00:00:00Z");
        // A file of its own has no digest beside it, as one that was edited would.
        Files.delete(attempt);
        Files.writeString(attempt, earlier);
        try (SfnPeer peer = new SfnPeer()) {
            ProgramProcess.Ended late = withToken(peer, "score", "--run-id", "tasks-1", "--shard", "0");
            assertThat(late.status()).as(late.text()).isEqualTo(75);
            assertThat(peer.calls("SendTaskFailure")).singleElement().satisfies(call -> {
                assertThat(call.body().path("error").asText())
                        .as("a name that the state machine does not try again")
                        .isEqualTo("LimitReached");
                assertThat(call.body().path("cause").asText()).startsWith("stopped: --max-minutes 60 are over");
            });
        }
        report(task("prepare", 0, "--input", REQUEST));
        score(0);
    }

    private static String with(String field, String value) {
        return REQUEST.replace("}", ", \"" + field + "\": " + value + "}");
    }

    @Test
    void a_task_refuses_what_is_no_part_of_a_planned_run() throws Exception {
        assertThat(task("score", 0, "--run-id", "nobody", "--shard", "0").status())
                .isEqualTo(64);
        assertThat(task("commit", 0, "--run-id", "nobody").status()).isEqualTo(64);
        report(task("prepare", 0, "--input", REQUEST));
        Invocation wrong = task("score", 0, "--run-id", "tasks-1", "--shard", "4");
        assertThat(wrong.status()).isEqualTo(64);
        assertThat(wrong.err()).contains("shard: 4 is none of run \"tasks-1\"; it has 0 to 3");
    }

    @Tag("slow")
    @Test
    void a_task_with_other_models_than_the_plan_s_scores_nothing() throws Exception {
        report(task("prepare", 0, "--input", REQUEST));
        Path others = SmallData.models(folder.resolve("models"));
        Files.writeString(others.resolve("thresholds.json"), "{\"Respect\": 0.9}");
        Invocation other = task("score", 0, "--run-id", "tasks-1", "--shard", "0", "--models", others.toString());
        assertThat(other.status()).as(other.err()).isEqualTo(65);
        assertThat(other.err()).contains("other models, thresholds or exclusions (Respect)");
    }

    @Test
    void with_a_token_a_task_reports_to_step_functions_and_names_its_error() throws Exception {
        try (SfnPeer peer = new SfnPeer()) {
            ProgramProcess.Ended done = withToken(peer, "prepare", "--input", REQUEST);
            assertThat(done.status()).as(done.text()).isZero();
            assertThat(peer.calls("SendTaskHeartbeat")).isNotEmpty();
            assertThat(peer.calls("SendTaskSuccess")).singleElement().satisfies(call -> {
                assertThat(call.body().path("taskToken").asText()).isEqualTo("token-1");
                assertThat(JSON.readTree(call.body().path("output").asText())
                                .path("shards")
                                .asInt())
                        .isEqualTo(4);
            });
            ProgramProcess.Ended refused = withToken(peer, "prepare", "--input", "{\"up_id\": 0}");
            assertThat(refused.status()).isEqualTo(64);
            assertThat(peer.calls("SendTaskFailure")).singleElement().satisfies(call -> {
                assertThat(call.body().path("error").asText()).isEqualTo("RequestRefused");
                assertThat(call.body().path("cause").asText())
                        .startsWith("up_id: 0 is not a whole number")
                        .endsWith("Start again with a request that is right.")
                        .doesNotContain("\n");
            });
        }
    }

    private ProgramProcess.Ended withToken(SfnPeer peer, String step, String... more) throws Exception {
        Map<String, String> environment = Map.of(
                "TASK_TOKEN", "token-1",
                "AWS_REGION", "us-east-2",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_ENDPOINT_URL_SFN", peer.endpoint().toString());
        try (ProgramProcess process =
                ProgramProcess.start(folder, environment, arguments("task trust " + step, home, url, 12, 0, more))) {
            return process.end();
        }
    }

    private JsonNode score(int shard) throws Exception {
        return report(task("score", 0, "--run-id", "tasks-1", "--shard", String.valueOf(shard)));
    }

    private static JsonNode report(Invocation task) throws Exception {
        assertThat(task.status()).as(task.err()).isZero();
        return JSON.readTree(task.out());
    }

    private Invocation task(String step, int oneTaskRows, String... more) throws Exception {
        return invoke("task trust " + step, home, url, 12, oneTaskRows, more);
    }

    private static Invocation invoke(
            String command, Path home, String url, int rowsPerFile, int oneTaskRows, String... more) throws Exception {
        return Invocation.of(arguments(command, home, url, rowsPerFile, oneTaskRows, more));
    }

    private static String[] arguments(
            String command, Path home, String url, int rowsPerFile, int oneTaskRows, String... more) throws Exception {
        Path config = Files.createDirectories(home).resolve("test.properties");
        Files.writeString(
                config,
                "trust.warehouse.url=%s\ntrust.warehouse.rows-per-file=%d\ntrust.cloud.one-task-rows=%d\ntrust.management.port=0\n"
                        .formatted(url, rowsPerFile, oneTaskRows));
        List<String> line = new ArrayList<>(List.of(command.split(" ")));
        line.addAll(List.of("--home", home.toString(), "--config", config.toString()));
        List<String> given = List.of(more);
        if (!command.endsWith("commit") && !given.contains("--models")) {
            line.addAll(List.of("--models", models.toString()));
        }
        line.addAll(given);
        return line.toArray(String[]::new);
    }

    private List<Integer> items(JsonNode prepared) throws Exception {
        List<Integer> shards = new ArrayList<>();
        JSON.readTree(Invocation.bucket(home)
                        .resolve(prepared.path("items_key").asText())
                        .toFile())
                .forEach(item -> shards.add(item.path("shard").asInt()));
        return shards;
    }

    /** What both leave: a laptop maps over nothing. */
    private FinalState finalState() throws Exception {
        FinalState all = FinalState.of(home, "tasks-1");
        Map<String, String> objects = new TreeMap<>(all.objects());
        objects.keySet().removeIf(key -> key.contains("/shards-"));
        return new FinalState(objects, all.manifest(), all.messages());
    }
}
