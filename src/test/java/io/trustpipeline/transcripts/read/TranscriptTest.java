package io.trustpipeline.transcripts.read;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Every format, what is kept of it, and what is refused. */
class TranscriptTest {
    @TempDir
    Path folder;

    @Test
    void plain_text_has_a_speaker_before_the_colon_and_maybe_a_time() throws Exception {
        Transcript transcript = read("a.txt", """
                Teacher: who can start?

                Ana: I can explain the plan.
                [10:00] Ben: hi
                [1:02:03.5] - Ana Lopez : see http://example.com: now
                10:15 Ben: at 10:30 we go
                Ana (10:20): late
                (noise)
                10:45 is too late
                """);
        assertThat(shown(transcript))
                .containsExactly(
                        "1 null Teacher|who can start?",
                        "3 null Ana|I can explain the plan.",
                        "4 10:00 Ben|hi",
                        "5 1:02:03.5 Ana Lopez|see http://example.com: now",
                        "6 10:15 Ben|at 10:30 we go",
                        "7 10:20 Ana|late",
                        "8 null Unknown|(noise)",
                        "9 null Unknown|10:45 is too late");
        assertThat(transcript.figures().warnings())
                .containsExactly(
                        "line 8: names no speaker; right is \"Name: text\"",
                        "line 9: names no speaker; right is \"Name: text\"");
        standWhereTheySay(transcript, folder.resolve("a.txt"));
    }

    @Test
    void csv_takes_any_case_of_header_quoted_lines_and_a_byte_order_mark() throws Exception {
        Transcript transcript = read(
                "a.csv",
                "\ufeffTimestamp,SPEAKER,Text,Student_ID\r\n"
                        + "10:00:00,Ana,\"one\r\ntwo, \"\"three\"\"\",\r\n"
                        + ",Ben,\" four \",S-2\r\n"
                        + ",,five,\r\n");
        assertThat(shown(transcript))
                .containsExactly("2 10:00:00 Ana|one\r\ntwo, \"three\"", "4 null Ben|four", "5 null Unknown|five");
        assertThat(transcript.figures().warnings()).containsExactly("line 5: no speaker");
    }

    @Test
    void json_lines_keep_texts_as_they_are() throws Exception {
        Transcript transcript = read("a.jsonl", """
                {"speaker": "Ana", "text": " Hello ", "timestamp": "00:00:01", "extra": [1]}

                {"text": "a \\"quote\\" and \\u00e9", "student_external_id": "S-1", "speaker_role": "student"}
                {"speaker": "Ben", "text": ""}
                """);
        assertThat(shown(transcript))
                .containsExactly("1 00:00:01 Ana| Hello ", "3 null Unknown|a \"quote\" and é", "4 null Ben|");
        assertThat(transcript.utterances().get(0).textOffset()).isEqualTo(28);
        assertThat(transcript.utterances().get(1).textOffset()).as("escaped").isNull();
        assertThat(transcript.utterances().get(1).studentExternalId()).isEqualTo("S-1");
    }

    @Test
    void webvtt_has_voices_that_hold_until_the_cue_ends() throws Exception {
        Transcript transcript = read("a.vtt", """
                WEBVTT - a lesson

                NOTE Nobody: says this

                STYLE
                ::cue { color: red }

                intro
                00:01.000 --> 00:02.000 align:start
                <v Ana Lopez>I feel &lt;good&gt;</v>
                <i>and</i> you?

                2
                00:00:03.000 --> 00:00:04.000
                <v Ana>Yes.<v.loud Ben>No.
                00:00:05.000 --> 00:00:06.000
                Chloe: three
                more

                00:00:07.000 --> 00:00:08.000
                nobody
                """);
        assertThat(shown(transcript))
                .containsExactly(
                        "10 00:01.000 Ana Lopez|I feel <good>",
                        "11 00:01.000 Ana Lopez|and you?",
                        "15 00:00:03.000 Ana|Yes.",
                        "15 00:00:03.000 Ben|No.",
                        "17 00:00:05.000 Chloe|three",
                        "18 00:00:05.000 Chloe|more",
                        "21 00:00:07.000 Unknown|nobody");
        standWhereTheySay(transcript, folder.resolve("a.vtt"));
    }

    @Test
    void subrip_is_read_like_it() throws Exception {
        Transcript transcript = read("a.srt", """
                1
                00:00:01,000 --> 00:00:02,000
                Ana: one

                2
                00:00:02,000 --> 00:00:03,000
                two
                """);
        assertThat(shown(transcript)).containsExactly("3 00:00:01,000 Ana|one", "7 00:00:02,000 Unknown|two");
    }

    @Test
    void a_word_document_is_read_by_its_paragraphs() throws Exception {
        Path file = folder.resolve("a.docx");
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(file)) {
            document.createParagraph().createRun().setText("[09:00] Ana: I can explain");
            document.createParagraph();
            document.createParagraph().createRun().setText("Ben: é 😀 yes");
            document.write(out);
        }
        assertThat(shown(Transcript.read(file, Format.DOCX, Roster.EMPTY)))
                .containsExactly("1 09:00 Ana|I can explain", "3 null Ben|é 😀 yes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.txt|''|a.txt: no utterance in it",
                "a.jsonl|'{\"speaker\": \"Ana\"}\n[1]'|a.jsonl: line 2: not a JSON object",
                "a.jsonl|'{\"speaker\": '|a.jsonl: line 1: not valid JSON",
                "a.csv|'speaker,words\nAna,hi'|a.csv: line 1: no column text",
                "a.csv|'speaker,text\nAna,\"hi'|a quote is opened and never closed",
                "a.csv|'speaker,text'|a.csv: no utterance in it",
                "a.vtt|'1\n00:01.000 --> 00:02.000\nhi'|a.vtt: line 1: not WebVTT",
                "a.srt|'hello'|a.srt: no subtitle",
                "a.docx|'not packed'|a.docx: not a Word document",
                "a.gif|'x'|a.gif: not a transcript; right is a name that ends in .jsonl",
                "a.pdf|'x'|a .pdf: not a transcript; right is a name that ends in .jsonl",
            })
    void what_cannot_be_read_is_refused_with_its_file_and_line(String name, String content, String message) {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> read(name, content))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .withMessageContaining(message);
    }

    @Test
    void another_encoding_is_refused_with_the_line_that_shows_it() throws Exception {
        Path latin =
                Files.write(folder.resolve("l.txt"), "Ana: hi\nBen: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> Transcript.read(latin, Format.TXT, Roster.EMPTY))
                .withMessage("l.txt: line 2: the text is not UTF-8; save the file as UTF-8");
        Path wide = Files.write(folder.resolve("w.csv.txt"), "Ana: hi".getBytes(StandardCharsets.UTF_16));
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> Transcript.read(wide, Format.TXT, Roster.EMPTY))
                .withMessageContaining("UTF-16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ana: I think that we have the answer.|en|1.000",
                "Ana: Ich habe das nicht, und wir haben noch Zeit.|de|1.000",
                "Ana: C'est très bien, mais vous avez fini dans une heure.|fr|1.000",
                "Ana: Hm.|en|0.500",
                "Ana: the und el och|en|0.500",
            })
    void the_language_is_told_by_its_frequent_words(String line, String code, String confidence) throws Exception {
        Language language = read("a.txt", line).figures().language();
        assertThat(language.code()).isEqualTo(code);
        assertThat(language.confidence()).hasToString(confidence);
    }

    @Test
    void what_was_normalised_reads_back_the_same() throws Exception {
        Transcript transcript = read("a.txt", "[10:00] Ana: \"one\" \\ 😀\nBen: two");
        byte[] lines = NormalisedLines.write(transcript.utterances());
        assertThat(NormalisedLines.read(lines)).isEqualTo(transcript.utterances());
        assertThat(new String(lines, StandardCharsets.UTF_8).lines().findFirst().orElseThrow())
                .isEqualTo(
                        "{\"line_number\":1,\"speaker\":\"Ana\",\"text\":\"\\\"one\\\" \\\\ 😀\",\"timestamp\":\"10:00\","
                                + "\"student_id\":null,\"text_offset\":13}");
    }

    private Transcript read(String name, String content) throws IOException {
        return Transcript.read(Files.writeString(folder.resolve(name), content), Format.ofName(name), Roster.EMPTY);
    }

    private static List<String> shown(Transcript transcript) {
        return transcript.utterances().stream()
                .map(line -> line.lineNumber() + " " + line.timestamp() + " " + line.speaker() + "|" + line.text())
                .toList();
    }

    private static void standWhereTheySay(Transcript transcript, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (Utterance line : transcript.utterances()) {
            if (line.textOffset() != null) {
                String physical = lines.get(line.lineNumber() - 1);
                int start = physical.offsetByCodePoints(0, line.textOffset());
                assertThat(physical.substring(start)).startsWith(line.text());
            }
        }
    }
}
