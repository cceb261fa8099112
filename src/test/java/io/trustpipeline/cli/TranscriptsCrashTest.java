package io.trustpipeline.cli;

import io.trustpipeline.cli.TranscriptServers.World;
import io.trustpipeline.transcripts.jobs.JobState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The program as its users start it, killed with SIGKILL at every step, ends like one that was not killed. */
@Tag("slow")
class TranscriptsCrashTest {
    private static final String JOB = "killed-1";

    private static Map<String, String> objects;
    private static List<String> rows;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void run_once_without_a_kill() throws Exception {
        World world = TranscriptServers.shared().world(shared);
        ProgramProcess.Ended ended = run(shared, world);
        assertThat(ended.status()).as(ended.text()).isZero();
        objects = objects(shared);
        rows = rows(world);
        assertThat(rows).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTER_UPLOAD",
                "AFTER_JOB_BEGUN",
                "AFTER_JOB_PROCESSING",
                "AFTER_NORMALIZED_OBJECT",
                "AFTER_JOB_SCORING",
                "BEFORE_PUPIL_SCORES",
                "AFTER_PUPIL_SCORES",
                "AFTER_PUPIL_COUNTED",
                "AFTER_JOB_SCORED",
                "AFTER_RESULT",
                "AFTER_AGGREGATE",
                "AFTER_PUBLISHED_ROWS",
                "AFTER_JOB_SUCCEEDED"
            })
    void a_job_killed_anywhere_ends_like_one_that_was_not(String place) throws Exception {
        World world = TranscriptServers.shared().world(folder);
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.put("TRUST_PAUSE_AT", place);
        try (ProgramProcess process = ProgramProcess.start(folder, environment, request())) {
            assertThat(process.prints("paused at " + place))
                    .as("the job passes " + place)
                    .isTrue();
            process.kill();
        }
        ProgramProcess.Ended resumed = run(folder, world);
        assertThat(resumed.status()).as(resumed.text()).isZero();
        assertThat(resumed.text()).contains(JOB + ": " + JobState.SUCCEEDED.code());
        assertThat(rows(world)).isEqualTo(rows);
        assertThat(objects(folder)).isEqualTo(objects);
        assertThat(world.deadLetters("score") + world.deadLetters("aggregate")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFTER_DELETION_REQUEST", "AFTER_DELETED_OBJECTS"})
    void a_deletion_killed_anywhere_is_completed_by_the_same_command(String place) throws Exception {
        World world = TranscriptServers.shared().world(folder);
        assertThat(run(folder, world).status()).isZero();
        String ana = "3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01";
        String[] delete = {"transcripts", "delete", ana, "--class", "7b"};
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.put("TRUST_PAUSE_AT", place);
        try (ProgramProcess process = ProgramProcess.start(folder, environment, delete)) {
            assertThat(process.prints("paused at " + place)).isTrue();
            process.kill();
        }
        try (ProgramProcess process = ProgramProcess.start(folder, world.environment(), delete)) {
            ProgramProcess.Ended ended = process.end();
            assertThat(ended.status()).as(ended.text()).isZero();
        }
        assertThat(rows(world)).hasSize(3).noneMatch(row -> row.contains(ana));
        assertThat(objects(folder).values()).noneMatch(text -> text.contains(ana) || text.contains("Lopez"));
        assertThat(world.query("SELECT DISTINCT action FROM audit WHERE record = '" + ana + "' ORDER BY 1"))
                .containsExactly("delete-student", "deleted-student");
    }

    @Test
    void an_outsider_sees_no_pupils_words_in_the_log() throws Exception {
        assertThat(Files.readString(shared.resolve("logs/trust-pipeline.jsonl")))
                .doesNotContain("Lopez", "ten sheets", "everybody laughed");
    }

    private static ProgramProcess.Ended run(Path home, World world) throws Exception {
        try (ProgramProcess process = ProgramProcess.start(home, world.environment(), request())) {
            return process.end();
        }
    }

    private static String[] request() {
        return new String[] {
            "run", "transcripts",
            "--in",
                    TranscriptServers.DEMO
                            .resolve("bridges.txt")
                            .toAbsolutePath()
                            .toString(),
            "--roster",
                    TranscriptServers.DEMO
                            .resolve("roster.json")
                            .toAbsolutePath()
                            .toString(),
            "--job-id", JOB,
            "--class", "7b",
            "--date", "2026-03-02",
            "--wait", "60"
        };
    }

    private static List<String> rows(World world) throws Exception {
        return world.query("SELECT concat_ws(' ', assessment_id, student_id, model_version, empathy, adaptability,"
                + " collaboration, communication, self_regulation, words_spoken, (SELECT string_agg(span_text || span_location"
                + " || start_offset, ',' ORDER BY evidence_id) FROM evidence WHERE evidence.assessment_id ="
                + " assessments.assessment_id)) FROM assessments ORDER BY 1");
    }

    /** Without the moment at which the job began. */
    private static Map<String, String> objects(Path home) throws Exception {
        Path bucket = home.resolve("s3/trust-pipeline/transcripts");
        Map<String, String> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bucket)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                objects.put(
                        bucket.relativize(file).toString(),
                        Files.readString(file).replaceAll("\"generated_at\":\"[^\"]*\"", ""));
            }
        }
        return objects;
    }
}
