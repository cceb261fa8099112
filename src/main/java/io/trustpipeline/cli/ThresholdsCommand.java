package io.trustpipeline.cli;

import io.trustpipeline.report.FoundSpan;
import io.trustpipeline.report.ThresholdTuning;
import io.trustpipeline.report.TuningPage;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Plan;
import io.trustpipeline.score.HigherThreshold;
import io.trustpipeline.score.ThemeSpan;
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

/** {@code thresholds}: what other thresholds would do, without scoring again. */
@Command(
        name = "thresholds",
        description = "Says what other thresholds would do to a run, without scoring again.",
        subcommands = {ThresholdsCommand.Try.class, ThresholdsCommand.Tune.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ThresholdsCommand {

    /** {@code thresholds try}: one higher threshold. */
    @Command(
            name = "try",
            description = "Says what a higher threshold of a theme would leave of a run's spans.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Try implements Callable<Integer> {
        @Parameters(
                arity = "0..1",
                paramLabel = "RUN",
                description = "a run id; the run that committed last if left out")
        private @Nullable String runId;

        @Option(names = "--theme", required = true, paramLabel = "NAME", description = "whose threshold")
        private String theme = "";

        @Option(names = "--label", paramLabel = "NAME", description = "of this label alone")
        private @Nullable String label;

        @Option(names = "--at", required = true, paramLabel = "T", description = "the threshold, from 0 to 1")
        private float at;

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() {
            Console console = Console.standard();
            try (StoreReading reading = StoreReading.open(place.settings())) {
                Manifest manifest = reading.committed(runId);
                requireHigher(manifest);
                HigherThreshold.Effect effect = new HigherThreshold(theme, label, at).on(reading.scored(manifest));
                console.line("run %s, theme %s%s at %s:"
                        .formatted(manifest.runId(), theme, label == null ? "" : ", label " + label, at));
                print(console, "spans", effect.before().spans(), effect.after().spans());
                print(
                        console,
                        "relevant spans",
                        effect.before().relevant(),
                        effect.after().relevant());
                print(
                        console,
                        "comments with one",
                        effect.before().comments(),
                        effect.after().comments());
                if (!effect.dropped().isEmpty()) {
                    console.line("The highest of those that would be gone:");
                    SpanLines lines = new SpanLines(console.terminal());
                    effect.dropped().forEach(each -> lines.of(found(each)).forEach(console::line));
                }
            }
            return ExitCode.DONE.status();
        }

        private static void print(Console console, String what, long before, long after) {
            console.line(String.format(
                    Locale.ROOT, "  %-18s %,9d now  %,9d then  %+,d", what, before, after, after - before));
        }

        private static FoundSpan found(HigherThreshold.Dropped dropped) {
            ThemeSpan span = dropped.span();
            return new FoundSpan(
                    dropped.key(),
                    dropped.comment(),
                    span.theme(),
                    span.label(),
                    span.score(),
                    true,
                    span.startChar(),
                    span.endChar());
        }

        /** What a run did not keep, nobody can look at again. */
        private void requireHigher(Manifest manifest) {
            Plan.Theme known = manifest.themes().stream()
                    .filter(each -> each.name().equals(theme))
                    .findFirst()
                    .orElseThrow(() -> refused("--theme: \"" + theme + "\" is none of the run's themes: "
                            + String.join(
                                    ", ",
                                    manifest.themes().stream()
                                            .map(Plan.Theme::name)
                                            .toList())));
            Map<String, Float> thresholds = known.thresholds();
            if (thresholds == null) {
                throw refused("run " + manifest.runId() + ": its plan does not say its thresholds; run it again");
            }
            thresholds.forEach((name, threshold) -> {
                boolean concerned = label == null
                        || name.equals(label)
                        || (name.equals(Plan.Theme.OTHERS) && !thresholds.containsKey(label));
                if (concerned && at < threshold) {
                    throw refused("--at: " + at + " is below " + threshold + ", the threshold of " + theme
                            + (name.equals(Plan.Theme.OTHERS) ? "" : ", label " + name)
                            + " in run " + manifest.runId() + ", which kept no span below it;"
                            + " to see what is there, score with the lower threshold");
                }
            });
            if (!(at >= 0 && at <= 1)) {
                throw refused("--at: " + at + "; must be a number from 0 to 1");
            }
        }

        private static PipelineException refused(String message) {
            return new PipelineException(ExitCode.REQUEST_REFUSED, message);
        }
    }

    /** {@code thresholds tune}: every threshold, against what people marked. */
    @Command(
            name = "tune",
            description =
                    "Gives precision, recall and F1 by threshold for each theme, against spans that people marked.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Tune implements Callable<Integer> {
        private static final int WIDTH = 40;

        @Parameters(
                arity = "0..1",
                paramLabel = "RUN",
                description = "a run id; the run that committed last if left out")
        private @Nullable String runId;

        @Option(
                names = "--gold",
                required = true,
                paramLabel = "FILE",
                description =
                        "Parquet, CSV or JSON lines with comment_unique_key, theme, theme_start_char,"
                                + " theme_end_char: a row a marked span; a row without a theme says that the comment was looked at")
        private Path gold = Path.of("");

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "writes the same as a page with plots, an .html file")
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
}
