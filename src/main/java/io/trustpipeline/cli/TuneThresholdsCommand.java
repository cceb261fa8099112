package io.trustpipeline.cli;

import io.trustpipeline.report.ThresholdTuning;
import io.trustpipeline.report.TuningPage;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Manifest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code thresholds tune}: every threshold, against what people marked. */
@Command(
        name = "tune",
        description = "Gives precision, recall and F1 by threshold for each theme, against spans that people marked.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TuneThresholdsCommand implements Callable<Integer> {
    private static final int WIDTH = 40;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "a run id; the run that committed last if left out")
    private @Nullable String runId;

    @Option(
            names = "--gold",
            required = true,
            paramLabel = "FILE",
            description = "Parquet, CSV or JSON lines with comment_unique_key, theme, theme_start_char,"
                    + " theme_end_char: a row a marked span; a row without a theme says that the comment was looked at")
    private Path gold = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "writes the same as a page with plots, an .html file")
    private @Nullable Path out;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws SQLException, IOException {
        Console console = Console.standard();
        try (StoreReading reading = StoreReading.open(place.settings())) {
            Manifest manifest = reading.committed(runId);
            Map<String, List<ThresholdTuning.Point>> themes = reading.tuning(manifest, gold);
            console.line("run " + manifest.runId() + ", spans compared with " + gold);
            themes.forEach((theme, points) -> print(console, theme, points));
            if (themes.isEmpty()) {
                console.line("no span is marked there");
            }
            if (out != null) {
                Files.write(out, TuningPage.of(manifest.runId(), themes));
                console.line("");
                console.line(out.toString());
            }
        }
        return ExitCode.DONE.status();
    }

    private static void print(Console console, String theme, List<ThresholdTuning.Point> points) {
        console.line("");
        console.line(theme);
        console.line("  threshold  precision  recall      F1  spans");
        double best =
                points.stream().mapToDouble(ThresholdTuning.Point::f1).max().orElse(0);
        for (ThresholdTuning.Point point : points) {
            console.line(String.format(
                            Locale.ROOT,
                            "  %9.2f  %9.3f  %6.3f  %6.3f  %5d  %s%s",
                            point.threshold(),
                            point.precision(),
                            point.recall(),
                            point.f1(),
                            point.spans(),
                            "█".repeat((int) Math.round(point.f1() * WIDTH)),
                            point.f1() == best && best > 0 ? " best" : "")
                    .stripTrailing());
        }
    }
}
