package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.publish.Audit;
import io.trustpipeline.transcripts.publish.ClassDatabase;
import io.trustpipeline.transcripts.publish.ClassReading;
import io.trustpipeline.transcripts.publish.WeekExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.concurrent.Callable;

/** {@code transcripts export}: a class's week as CSV. */
@Command(
        name = "export",
        description = "Writes the assessments of a class in one week as CSV that spreadsheets open safely.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsExportCommand implements Callable<Integer> {
    @Option(names = "--class", required = true, paramLabel = "ID", description = "the class")
    private String classId = "";

    @Option(names = "--week", required = true, paramLabel = "DAY", description = "any day of the week")
    private String week = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the CSV file")
    private Path out = Path.of("");

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        LocalDate day = day(week);
        try (ClassDatabase database = TranscriptClients.database(options.settings())) {
            database.createTables();
            new Audit(database).add(TranscriptsDeleteCommand.operator(), "export-class", classId);
            StringWriter csv = new StringWriter();
            int rows = new WeekExport(new ClassReading(database)).write(classId, day, csv);
            WrittenFile.write(out, csv.toString().getBytes(StandardCharsets.UTF_8));
            Console.standard().line(rows + " assessments in " + out);
        }
        return ExitCode.DONE.status();
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED, "--week: \"" + text + "\" is not a day such as 2026-03-02");
        }
    }
}
