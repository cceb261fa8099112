package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.transcripts.read.Format;
import io.trustpipeline.transcripts.read.NormalisedLines;
import io.trustpipeline.transcripts.read.Transcript;
import io.trustpipeline.transcripts.read.TranscriptFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code transcripts normalise}: a transcript of any format as JSON, a line an utterance. */
@Command(
        name = "normalise",
        aliases = "normalize",
        description =
                "Reads a transcript and writes its utterances, each with its physical line. A file in, a file out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsNormaliseCommand implements Callable<Integer> {
    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE",
            description = "a transcript: .jsonl, .csv, .txt, .vtt, .srt or .docx")
    private Path in = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the utterances, as JSON lines")
    private Path out = Path.of("");

    @Mixin
    private RosterOption roster = new RosterOption();

    @Override
    public Integer call() {
        Console console = Console.standard();
        Transcript transcript = Transcript.read(in, Format.ofName(in.toString()), roster.read());
        WrittenFile.write(out, NormalisedLines.write(transcript.utterances()));
        print(transcript.figures(), console);
        if (!transcript.unmappedSpeakers().isEmpty()) {
            console.line("neither pupils nor teachers: " + String.join(", ", transcript.unmappedSpeakers()));
        }
        console.line("in " + out);
        return ExitCode.DONE.status();
    }

    static void print(TranscriptFigures figures, Console console) {
        console.line("%,d utterances, %d pupils, %d other speakers, %,d warnings"
                .formatted(
                        figures.totalLines(),
                        figures.studentCount(),
                        figures.unmappedSpeakers(),
                        figures.warningCount()));
        if (!figures.language().code().equals("en")) {
            console.line("language " + figures.language().code() + "; the cue lists are English");
        }
        figures.warnings().forEach(warning -> console.line("  " + warning));
    }
}
