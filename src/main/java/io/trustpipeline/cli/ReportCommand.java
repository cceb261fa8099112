package io.trustpipeline.cli;

import io.trustpipeline.report.Reporter;
import io.trustpipeline.report.RunReport;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunObjects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code report RUN}: where the report of a run is, or the report as a file. */
@Command(
        name = "report",
        description = "Says where the report of a run is, or writes it to a file: as a page, or its facts as JSON.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "writes the report, by its ending as .html or .json; also of a run that has none")
    private @Nullable Path out;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws IOException {
        Console console = Console.standard();
        try (StoreReading reading = StoreReading.open(place.settings())) {
            Run run = reading.run(runId);
            if (out != null) {
                byte[] bytes = content(out, reading.reporter().facts(run));
                Path folder = out.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                Files.write(out, bytes);
                console.line(out.toString());
            } else if (reading.has(run.layout().reportKey())) {
                console.line(reading.place(run.layout().reportKey()));
            } else {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        "run_id: \"" + runId + "\" has no report in its store; --out FILE.html makes one");
            }
        }
        return ExitCode.DONE.status();
    }

    private static byte[] content(Path file, RunReport facts) {
        String name = file.toString();
        if (name.endsWith(".html")) {
            return Reporter.page(facts);
        }
        if (name.endsWith(".json")) {
            return RunObjects.json(facts);
        }
        throw new PipelineException(ExitCode.USAGE, "--out: \"" + name + "\" ends neither with .html nor with .json");
    }
}
