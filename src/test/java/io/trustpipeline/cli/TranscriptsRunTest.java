package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cli.TranscriptServers.World;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.JobState;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.WeekExport;
import io.trustpipeline.transcripts.read.Utterance;
import io.trustpipeline.transcripts.score.CueLists;
import io.trustpipeline.transcripts.score.CueScorer;
import io.trustpipeline.transcripts.score.Skill;
import io.trustpipeline.transcripts.score.SkillScore;
import io.trustpipeline.transcripts.score.SkillScorer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Transcripts through everything, on real servers: in order, out of order, twice, and with what goes wrong. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TranscriptsRunTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Longer than a busy machine stands still. */
    private static final int HIDDEN_SECONDS = 4;

    private static final String ANA = "3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01";
    private static final String ASSESSMENTS = "SELECT job_id || ' ' || student_id FROM assessments ORDER BY 1";

    private static World world;
    private static TranscriptsApplication application;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        TranscriptServers servers = TranscriptServers.shared();
        world = servers.world(folder.resolve("home"), HIDDEN_SECONDS);
        application = TranscriptsApplication.start(world.settings(), true);
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    @Order(1)
    void three_lessons_become_assessments_whose_quotes_stand_in_the_files() throws Exception {
        List<String> files = List.of("bridges.txt", "debate.vtt", "garden.csv");
        for (int day = 0; day < files.size(); day++) {
            TranscriptServers.submit(application, "lesson-" + day, files.get(day), DAY.plusDays(day));
        }
        for (int day = 0; day < files.size(); day++) {
            Job job = application.await("lesson-" + day, PATIENCE);
            assertThat(job.state()).as(job.error()).isEqualTo(JobState.SUCCEEDED);
            assertThat(job.endedAt()).isNotNull();
            assertThat(job.startedAt()).isNotNull();
            quotesStandIn(job, TranscriptServers.DEMO.resolve(files.get(day)));
        }
        assertThat(world.query(ASSESSMENTS)).hasSize(12);
        // Ana in the first lesson: four sentences with 1, 2, 1 and 1 cues, (3 × 0.715 + 0.88) / 4 × 1.08 = 0.817.
        assertThat(world.query("SELECT communication FROM assessments WHERE job_id = 'lesson-0' AND student_id = '"
                        + ANA + "'"))
                .containsExactly("8.20");
        assertThat(world.query("SELECT metric_name FROM class_aggregates WHERE window_start = '2026-03-01'"))
                .hasSize(10);
        assertThat(world.query("SELECT count(*) FROM class_aggregates").get(0)).isEqualTo("50");
    }

    @Test
    @Order(2)
    void aggregates_are_what_a_plain_sum_over_the_rows_says() throws Exception {
        String sum = world.query("SELECT round(10 * avg(empathy), 4) FROM assessments")
                .get(0);
        assertThat(world.query("SELECT metric_value FROM class_aggregates WHERE window_start = '2026-03-01'"
                        + " AND metric_name = 'avg_empathy'"))
                .containsExactly(sum);
        assertThat(world.query("SELECT metric_value FROM class_aggregates WHERE window_start = '2026-03-01'"
                        + " AND metric_name = 'momentum_empathy'"))
                .containsExactly(world.query(
                                "SELECT round(10 * ((SELECT avg(empathy) FROM assessments WHERE assessed_on ="
                                        + " '2026-03-04') - (SELECT avg(empathy) FROM assessments WHERE assessed_on = '2026-03-02')), 4)")
                        .get(0));
    }

    @Test
    @Order(3)
    void the_same_job_again_changes_nothing_and_another_of_its_id_is_refused() throws Exception {
        List<String> rows = world.query("SELECT assessments::text FROM assessments ORDER BY 1");
        Map<String, byte[]> objects = objects();
        TranscriptServers.submit(application, "lesson-0", "bridges.txt", DAY);
        assertThat(application.await("lesson-0", PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(world.query("SELECT assessments::text FROM assessments ORDER BY 1"))
                .isEqualTo(rows);
        assertThat(objects()).usingRecursiveComparison().isEqualTo(objects);
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> TranscriptServers.submit(application, "lesson-0", "bridges.txt", DAY.plusDays(9)))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.REQUEST_REFUSED));
    }

    @Test
    @Order(4)
    void messages_that_come_twice_late_and_in_any_order_change_nothing() throws Exception {
        // Before anything is scored, the news that all is, for a job that is only begun.
        Job begun = application
                .intake()
                .accept(
                        TranscriptServers.request(application, "shuffled", "bridges.txt", DAY),
                        TranscriptServers.DEMO.resolve("bridges.txt"));
        String aggregate = "{\"job_id\":\"shuffled\",\"class_id\":\"7b\",\"date\":\"2026-03-02\",\"scores_key\":\"x\","
                + "\"student_count\":4,\"analysis_mode\":\"cues\",\"model_version\":\"x\"}";
        world.send("aggregate", aggregate);
        application.submit(begun);
        for (int copy = 0; copy < 3; copy++) {
            for (String pupil : application.jobs().require("shuffled").studentIds()) {
                world.send("score", message("shuffled", pupil));
            }
            world.send("aggregate", aggregate);
        }
        assertThat(application.await("shuffled", PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        world.send("score", message("shuffled", ANA));
        world.send("aggregate", aggregate);
        Thread.sleep(1_000);
        assertThat(application.jobs().require("shuffled").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(world.query("SELECT student_id FROM assessments WHERE job_id = 'shuffled'"))
                .hasSize(4)
                .doesNotHaveDuplicates();
        assertThat(world.deadLetters("score") + world.deadLetters("aggregate")).isZero();
    }

    @Test
    @Order(5)
    @Tag("slow")
    void poisoned_messages_end_among_the_dead_letters_and_stop_nobody() throws Exception {
        world.send("score", "no JSON at all");
        world.send("score", message("no-such-job", ANA));
        world.send("aggregate", "[]");
        TranscriptServers.submit(application, "beside-poison", "debate.vtt", DAY);
        assertThat(application.await("beside-poison", PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && (world.deadLetters("score") < 2 || world.deadLetters("aggregate") < 1)) {
            Thread.sleep(200);
        }
        assertThat(world.deadLetters("score")).isEqualTo(2);
        assertThat(world.deadLetters("aggregate")).isEqualTo(1);
    }

    @Test
    @Order(6)
    @Tag("slow")
    void a_database_that_does_not_answer_leaves_the_job_partial_until_it_does() throws Exception {
        world.shutDatabase();
        TranscriptServers.submit(application, "no-database", "garden.csv", DAY);
        Job partial = application.await("no-database", PATIENCE);
        assertThat(partial.state()).isEqualTo(JobState.PARTIAL);
        assertThat(partial.error()).startsWith("not published: database, publishing: not available now");
        assertThat(partial.endedAt()).isNotNull();
        world.openDatabase();
        assertThat(application.publication().retryPartial()).isEqualTo(1);
        assertThat(application.jobs().require("no-database").state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(application.jobs().require("no-database").error()).isEmpty();
        assertThat(world.query("SELECT 1 FROM assessments WHERE job_id = 'no-database'"))
                .hasSize(4);
    }

    @Test
    @Order(7)
    void a_transcript_without_a_pupil_fails_its_job() throws Exception {
        Path strangers = Files.writeString(folder.resolve("strangers.txt"), "Teacher: hello\nZoe: together we care");
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> application.submit(
                        TranscriptServers.request(application, "strangers", "strangers.txt", DAY), strangers))
                .withMessageContaining("no speaker is a pupil of the roster: 1 unknown speakers");
        Job failed = application.jobs().require("strangers");
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.error()).contains("no speaker is a pupil");
        assertThat(failed.endedAt()).isNotNull();
    }

    @Test
    @Order(8)
    void states_only_move_forward() {
        for (JobState state : JobState.values()) {
            assertThat(application.jobs().move("lesson-0", state))
                    .as(state.code())
                    .isFalse();
        }
        assertThat(application.jobs().fail("lesson-0", "too late")).isFalse();
        assertThat(application.jobs().ofClass("7b", 100)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(application.jobs().in(JobState.FAILED, 10)).hasSize(1);
    }

    @Test
    @Order(9)
    void a_week_is_exported_so_that_no_spreadsheet_computes_a_name() throws Exception {
        StringWriter csv = new StringWriter();
        int rows = new WeekExport(application.reading()).write("7b", DAY.plusDays(3), csv);
        assertThat(world.query("SELECT count(*) FROM assessments")).containsExactly(Integer.toString(rows));
        assertThat(csv.toString().split("\r\n"))
                .hasSize(rows + 1)
                .anyMatch(line -> line.startsWith("\"Ana Lopez\",\"S-1001\",\"" + ANA + "\",\"2026-03-02\""));
    }

    @Test
    @Order(10)
    void a_deleted_pupil_is_nowhere_and_the_audit_says_so() throws Exception {
        UUID ana = UUID.fromString(ANA);
        application.deletion().delete(ana, null, new Audit.Actor("registrar", "admin", "127.0.0.1"));
        assertThat(world.query("SELECT 1 FROM students WHERE student_id = '" + ANA + "'"))
                .isEmpty();
        assertThat(world.query("SELECT 1 FROM assessments WHERE student_id = '" + ANA + "'"))
                .isEmpty();
        assertThat(world.query("SELECT action FROM audit WHERE record = '" + ANA + "' ORDER BY audit_id"))
                .containsExactly("delete-student", "deleted-student");
        objects().forEach((key, bytes) -> assertThat(new String(bytes, StandardCharsets.UTF_8))
                .as(key)
                .doesNotContain(ANA, "Lopez", "I can explain. We get ten sheets", "Are you okay"));
        for (Job job : application.jobs().ofClass("7b", 100)) {
            assertThat(job.request().roster().toString()).doesNotContain("Lopez");
        }
        // A repetition finds nothing more to do; a late message of a job that began before brings nobody back.
        application.deletion().delete(ana, "7b", new Audit.Actor("registrar", "admin", "127.0.0.1"));
        world.send("score", message("lesson-0", ANA));
        Thread.sleep(500);
        assertThat(world.query("SELECT 1 FROM students WHERE student_id = '" + ANA + "'"))
                .isEmpty();
        assertThat(world.query("SELECT metric_value FROM class_aggregates WHERE window_start = '2026-03-01'"
                        + " AND metric_name = 'avg_empathy'"))
                .containsExactly(world.query("SELECT round(10 * avg(empathy), 4) FROM (SELECT DISTINCT ON (artifact_id,"
                                + " student_id) * FROM assessments) AS a")
                        .get(0));
    }

    @Test
    @Order(11)
    @Tag("slow")
    void a_slow_scorer_keeps_its_messages_and_another_version_adds_its_assessments_to_those_that_are_there()
            throws Exception {
        World twice = TranscriptServers.shared().world(folder.resolve("twice"), HIDDEN_SECONDS);
        JobRequest first;
        try (TranscriptsApplication cues = TranscriptsApplication.start(twice.settings(), true)) {
            first = TranscriptServers.submit(cues, "first", "debate.vtt", DAY).request();
            assertThat(cues.await("first", PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        }
        Slow slow = new Slow();
        try (TranscriptsApplication other = TranscriptsApplication.start(twice.settings(), slow, true)) {
            JobRequest again = new JobRequest(
                    "again",
                    first.artifactId(),
                    first.inputKey(),
                    first.fileName(),
                    first.classId(),
                    first.date(),
                    first.roster(),
                    first.source(),
                    first.uploaderId(),
                    other.analysisMode(),
                    other.modelVersion());
            other.submit(other.intake().accept(again));
            assertThat(other.await("again", PATIENCE).state()).isEqualTo(JobState.SUCCEEDED);
        }
        assertThat(slow.calls)
                .as("no message was handed out beside the work on it")
                .hasValue(4);
        assertThat(twice.deadLetters("score")).isZero();
        assertThat(twice.query("SELECT count(*) || ' ' || count(DISTINCT student_id) || ' ' || min(model_version)"
                        + " FROM assessments WHERE artifact_id = 'first' GROUP BY job_id ORDER BY 1"))
                .hasSize(2)
                .first()
                .isEqualTo("4 4 " + first.modelVersion());
        assertThat(twice.query("SELECT DISTINCT model_version FROM assessments WHERE job_id = 'again'"))
                .containsExactly("slow-1");
    }

    @Test
    @Order(12)
    @Tag("slow")
    void a_scorer_that_throws_fails_the_job_and_nothing_neutral_is_stored() throws Exception {
        application.close();
        application = null;
        try (TranscriptsApplication broken = TranscriptsApplication.start(world.settings(), new Broken(), true)) {
            TranscriptServers.submit(broken, "broken", "bridges.txt", DAY);
            Job failed = broken.await("broken", PATIENCE);
            assertThat(failed.state()).isEqualTo(JobState.FAILED);
            assertThat(failed.error()).isEqualTo("scoring failed 3 times: IllegalStateException");
            assertThat(failed.endedAt()).isNotNull();
            assertThat(failed.scoredStudents()).hasSize(3);
        }
        assertThat(world.query("SELECT 1 FROM assessments WHERE job_id = 'broken'"))
                .isEmpty();
        assertThat(Files.readString(folder.resolve("home/logs/trust-pipeline.jsonl")))
                .as("no word of a pupil")
                .doesNotContain("Together we did it", "together we did");
    }

    /** As the real one, but every pupil takes it longer than a message is hidden. */
    private static final class Slow implements SkillScorer {
        private final CueScorer real = new CueScorer(CueLists.own());
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String modelVersion() {
            return "slow-1";
        }

        @Override
        public String analysisMode() {
            return "cues";
        }

        @Override
        public Map<Skill, SkillScore> score(List<Utterance> lines) {
            calls.incrementAndGet();
            LockSupport.parkNanos(Duration.ofSeconds(HIDDEN_SECONDS + 1).toNanos());
            return real.score(lines);
        }
    }

    /** As the real one, for everybody but Dev. */
    private static final class Broken implements SkillScorer {
        private final CueScorer real = new CueScorer(CueLists.own());

        @Override
        public String modelVersion() {
            return "broken-1";
        }

        @Override
        public String analysisMode() {
            return "cues";
        }

        @Override
        public Map<Skill, SkillScore> score(List<Utterance> lines) {
            if (lines.get(0).speaker().startsWith("Dev")) {
                throw new IllegalStateException(
                        "cannot read: " + lines.get(lines.size() - 1).text());
            }
            return real.score(lines);
        }
    }

    private static String message(String job, String pupil) {
        return "{\"job_id\":\"" + job + "\",\"student_id\":\"" + pupil
                + "\",\"normalized_key\":\"x\",\"class_id\":\"7b\","
                + "\"date\":\"2026-03-02\",\"line_count\":18,\"metadata\":{\"format\":\"txt\",\"total_lines\":18,"
                + "\"student_count\":0,\"student_ids\":[]},\"analysis_mode\":\"cues\",\"model_version\":\"x\"}";
    }

    private static void quotesStandIn(Job job, Path file) throws Exception {
        List<String> physical = Files.readAllLines(file);
        JsonNode result =
                new JsonMapper().readTree(objects().get("scores/7b/" + job.date() + "/" + job.jobId() + ".json"));
        Map<Integer, Utterance> lines = new HashMap<>();
        application.objects().lines(job).forEach(line -> lines.put(line.lineNumber(), line));
        assertThat(names(result))
                .containsExactlyInAnyOrder(
                        "job_id",
                        "class_id",
                        "date",
                        "model_version",
                        "analysis_mode",
                        "generated_at",
                        "students",
                        "metadata");
        int quotes = 0;
        for (JsonNode student : result.get("students")) {
            assertThat(names(student))
                    .contains(
                            "student_id",
                            "student_name",
                            "student_external_id",
                            "scores",
                            "evidence",
                            "utterance_count",
                            "words_spoken");
            student.get("scores")
                    .forEach(score -> assertThat(names(score)).contains("score", "confidence", "evidence_count"));
            for (JsonNode evidence : student.get("evidence")) {
                for (JsonNode quote : evidence) {
                    Utterance line = lines.get(quote.get("line_number").intValue());
                    String text = quote.get("quote").textValue();
                    assertThat(line.studentId())
                            .isEqualTo(student.get("student_id").textValue());
                    assertThat(line.text()
                                    .substring(
                                            quote.get("start_offset").intValue(),
                                            quote.get("end_offset").intValue()))
                            .isEqualTo(text);
                    assertThat(physical.subList(line.lineNumber() - 1, Math.min(physical.size(), line.lineNumber() + 1))
                                    .toString())
                            .contains(text.split("\\R")[0]);
                    quotes++;
                }
            }
        }
        assertThat(quotes).isGreaterThan(20);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** What the bucket holds, by key. */
    private static Map<String, byte[]> objects() throws Exception {
        Path bucket = folder.resolve("home/s3/trust-pipeline/transcripts");
        Map<String, byte[]> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bucket)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                objects.put(bucket.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return objects;
    }
}
