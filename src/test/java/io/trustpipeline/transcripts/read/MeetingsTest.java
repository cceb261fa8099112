package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real meetings: every utterance, its speaker, its words and its line come through. */
class MeetingsTest {
    @Test
    void real_meetings_normalise_without_loss() throws Exception {
        String fixtures = System.getProperty("fixtures.dir", "");
        if (fixtures.isEmpty()) {
            System.out.println("skipped: no fixtures");
        }
        assumeTrue(!fixtures.isEmpty());
        try (Stream<Path> files = Files.list(Path.of(fixtures, "transcripts"))) {
            List<Path> meetings =
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList();
            assertThat(meetings).isNotEmpty();
            for (Path meeting : meetings) {
                comesThrough(meeting);
            }
        }
    }

    @Test
    void a_meeting_of_the_demo_normalises_without_loss() throws Exception {
        Path lesson = Path.of(System.getProperty("project.dir", "."), "demo/transcripts/bridges.txt");
        Transcript transcript = Transcript.read(lesson, Format.TXT, Roster.EMPTY);
        List<String> lines = Files.readAllLines(lesson);
        assertThat(transcript.utterances()).hasSameSizeAs(lines);
        for (Utterance utterance : transcript.utterances()) {
            String line = lines.get(utterance.lineNumber() - 1);
            assertThat(line).endsWith(utterance.speaker() + ": " + utterance.text());
        }
    }

    private static void comesThrough(Path meeting) throws Exception {
        JsonMapper json = new JsonMapper();
        List<String> lines = Files.readAllLines(meeting);
        List<Utterance> read = NormalisedLines.read(NormalisedLines.write(
                Transcript.read(meeting, Format.JSONL, Roster.EMPTY).utterances()));
        assertThat(read).as(meeting.toString()).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode original = json.readTree(lines.get(i));
            Utterance utterance = read.get(i);
            assertThat(utterance.lineNumber()).isEqualTo(i + 1);
            assertThat(utterance.speaker()).isEqualTo(original.get("speaker").textValue());
            assertThat(utterance.text()).isEqualTo(original.get("text").textValue());
            if (utterance.textOffset() != null) {
                assertThat(lines.get(i).substring(lines.get(i).offsetByCodePoints(0, utterance.textOffset())))
                        .startsWith(utterance.text());
            }
        }
    }
}
