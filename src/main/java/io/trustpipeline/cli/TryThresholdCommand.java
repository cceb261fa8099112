package io.trustpipeline.cli;

import io.trustpipeline.report.FoundSpan;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.NearObjects;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Plan;
import io.trustpipeline.score.ThemeSpan;
import io.trustpipeline.score.TriedThreshold;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code thresholds try}: one other threshold. */
@Command(
        name = "try",
        description = "Says what a run would have found of a theme with another threshold.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TryThresholdCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "a run id; the run that committed last if left out")
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
    public Integer call() throws SQLException {
        DuckDb.loadAhead();
        Console console = Console.standard();
        try (StoreReading reading = StoreReading.open(place.settings())) {
            Manifest manifest = reading.committed(runId);
            Plan.Theme planned = planned(manifest);
            TriedThreshold tried = new TriedThreshold(theme, label, at);
            List<NearObjects.Shard> shards = reading.shards(manifest);
            requireKnown(manifest, tried.lowest(planned, shards));
            TriedThreshold.Effect effect = reading.effect(manifest, tried, shards);
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
            show(console, reading.comments(manifest, shards, keys(effect)), effect);
        }
        return ExitCode.DONE.status();
    }

    private static void print(Console console, String what, long before, long after) {
        console.line(
                String.format(Locale.ROOT, "  %-18s %,9d now  %,9d then  %+,d", what, before, after, after - before));
    }

    private static List<String> keys(TriedThreshold.Effect effect) {
        return effect.changed().stream()
                .map(TriedThreshold.Changed::key)
                .distinct()
                .toList();
    }

    private static void show(Console console, Map<String, String> comments, TriedThreshold.Effect effect) {
        for (boolean gone : List.of(false, true)) {
            List<TriedThreshold.Changed> changed = effect.changed().stream()
                    .filter(each -> each.gone() == gone)
                    .toList();
            if (!changed.isEmpty()) {
                console.line("Some that would " + (gone ? "be gone" : "come") + ", nearest the threshold first:");
                SpanLines lines = new SpanLines(console.terminal());
                changed.forEach(each -> lines.of(found(each, comments.getOrDefault(each.key(), "")))
                        .forEach(console::line));
            }
        }
    }

    private static FoundSpan found(TriedThreshold.Changed changed, String comment) {
        ThemeSpan span = changed.span();
        return new FoundSpan(
                changed.key(),
                comment,
                span.theme(),
                span.label(),
                span.score(),
                true,
                span.startChar(),
                span.endChar());
    }

    private Plan.Theme planned(Manifest manifest) {
        Plan.Theme planned = manifest.themes().stream()
                .filter(each -> each.name().equals(theme))
                .findFirst()
                .orElseThrow(() -> refused("--theme: \"" + theme + "\" is none of the run's themes: "
                        + String.join(
                                ", ",
                                manifest.themes().stream().map(Plan.Theme::name).toList())));
        if (planned.thresholds() == null) {
            throw refused("run " + manifest.runId() + ": its plan does not say its thresholds; run it again");
        }
        return planned;
    }

    /** What a run did not keep, nobody can look at again. */
    private void requireKnown(Manifest manifest, float lowest) {
        if (!(at >= 0 && at <= 1)) {
            throw refused("--at: " + at + "; must be a number from 0 to 1");
        }
        if (at < lowest) {
            throw refused("--at: " + at + " is below " + lowest + "; run " + manifest.runId()
                    + " kept no span of " + theme + " with a lower score,"
                    + " so score with the lower threshold to see what is there");
        }
    }

    private static PipelineException refused(String message) {
        return new PipelineException(ExitCode.REQUEST_REFUSED, message);
    }
}
