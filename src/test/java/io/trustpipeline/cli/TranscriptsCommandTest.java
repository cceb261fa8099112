package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.spacy.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands that need no server. */
class TranscriptsCommandTest {
    private static final String ROSTER =
            TranscriptServers.DEMO.resolve("roster.json").toString();

    @TempDir
    Path folder;

    @Test
    void normalise_writes_utterances_and_names_who_is_nobodys_pupil() throws Exception {
        Path out = folder.resolve("out.jsonl");
        Invocation done = Invocation.of(
                "transcripts", "normalise", "--in", demo("garden.csv"), "--out", out.toString(), "--roster", ROSTER);
        assertThat(done.status()).as(done.err()).isZero();
        assertThat(done.out()).contains("11 utterances, 4 pupils, 1 other speakers, 0 warnings", "teachers: Visitor");
        assertThat(Files.readAllLines(out)).hasSize(11);
        JsonNode last = new JsonMapper().readTree(Files.readAllLines(out).get(10));
        assertThat(last.get("line_number").intValue())
                .as("after a field of two lines")
                .isEqualTo(13);
        assertThat(last.get("timestamp").textValue()).isEqualTo("10:05:30");
    }

    @Test
    void score_writes_the_same_bytes_again() throws Exception {
        Path out = folder.resolve("scores.json");
        String[] score = {
            "transcripts", "score", "--in", demo("debate.vtt"), "--out", out.toString(), "--roster", ROSTER
        };
        Invocation done = Invocation.of(score);
        assertThat(done.status()).as(done.err()).isZero();
        byte[] once = Files.readAllBytes(out);
        assertThat(Invocation.of(score).status()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(once);
        assertThat(new JsonMapper().readTree(once).get("students")).hasSize(4);
    }

    @Test
    void a_spancat_model_scores_behind_the_same_interface() throws Exception {
        Path archive = SmallData.PROJECT.resolve("demo/models/communication.tar.gz");
        Path loaded = new TestModels.Fixture("communication", archive, archive).directory(folder);
        Files.writeString(loaded.resolve("skills.json"), """
                {"COMM_POS": "communication", "COMM_NEG": "communication", "COMM_INFO": "communication"}""");
        Path lesson = Files.writeString(
                folder.resolve("lesson.txt"),
                "Teacher: The nurse explained everything clearly.\n"
                        + "Ana: The doctor never listened to me and did not explain anything, poor communication.\n"
                        + "Ana: She listened, explained everything to me and answered all my questions.\n");
        Path out = folder.resolve("scores.json");
        Invocation done = Invocation.of(
                "transcripts",
                "score",
                "--in",
                lesson.toString(),
                "--out",
                out.toString(),
                "--roster",
                ROSTER,
                "--model",
                loaded.toString());
        assertThat(done.status()).as(done.err()).isZero();
        JsonNode scores = new JsonMapper().readTree(out.toFile());
        assertThat(scores.get("model_version").textValue()).startsWith("spancat-");
        JsonNode skills = scores.get("students").get(0).get("skills");
        assertThat(skills.get("empathy").get("score").isNull()).isTrue();
        assertThat(skills.get("communication").get("evidence")).isNotEmpty().allSatisfy(quote -> assertThat(
                        quote.get("line_number").intValue())
                .isBetween(2, 3));
    }

    @Test
    void what_is_wrong_ends_with_one_line_and_its_code() throws Exception {
        Path broken = Files.writeString(
                folder.resolve("b.jsonl"), "{\"speaker\": \"Ana\", \"text\": \"secret words\"}\n{oops");
        refused(
                65,
                "b.jsonl: line 2: not valid JSON",
                "transcripts",
                "normalise",
                "--in",
                broken.toString(),
                "--out",
                "x");
        refused(65, "none.txt: no such file", "transcripts", "normalise", "--in", "none.txt", "--out", "x");
        refused(
                65,
                "no speaker is a pupil of the roster",
                "transcripts",
                "score",
                "--in",
                demo("bridges.txt"),
                "--out",
                "x");
        refused(
                64,
                "class_id: \"7/b\" is not 1 to 100",
                "run",
                "transcripts",
                "--in",
                demo("bridges.txt"),
                "--class",
                "7/b",
                "--date",
                "2026-03-02",
                "--roster",
                ROSTER);
        refused(
                78,
                "trust.transcripts.table: missing",
                "run",
                "transcripts",
                "--in",
                demo("bridges.txt"),
                "--class",
                "7b",
                "--date",
                "2026-03-02",
                "--roster",
                ROSTER,
                "--home",
                folder.toString());
    }

    private static void refused(int status, String message, String... command) {
        Invocation refused = Invocation.of(command);
        assertThat(refused.status()).as(refused.err()).isEqualTo(status);
        assertThat(refused.err()).contains(message).doesNotContain("secret words");
        assertThat(refused.err().lines()).hasSize(1);
    }

    private static String demo(String file) {
        return TranscriptServers.DEMO.resolve(file).toString();
    }
}
