package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.score.FileScoring;
import io.trustpipeline.score.ModelCatalogue;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.Scorer;
import io.trustpipeline.score.ScoringMode;
import io.trustpipeline.score.ScoringSettings;
import io.trustpipeline.score.ThemeModels;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code score}: spans of one file, without ledger, store or messages. */
@Command(
        name = "score",
        description = "Scores the comments of one file. No ledger, no store: a file in, a file out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--models", required = true, paramLabel = "DIR", description = "a models folder")
    private Path models = Path.of("");

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE",
            description = "Parquet, CSV or JSON lines with a column cleaned_comment")
    private Path in = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "the spans, as Parquet, CSV or JSON lines by its ending")
    private Path out = Path.of("");

    @Option(names = "--threads", paramLabel = "N", description = "threads that score; one a processor if left out")
    private @Nullable Integer threads;

    @Option(
            names = "--raw",
            description = "exactly spaCy's spans: the models' own thresholds, no exclusions, no post-rules")
    private boolean raw;

    @Option(
            names = "--all-candidates",
            description = "every candidate with every label and its score, whatever it is: no thresholds, no rules")
    private boolean allCandidates;

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Console console = progress.console();
        Map<String, String> overrides = new HashMap<>(load.overrides());
        if (threads != null) {
            overrides.put("trust.models.threads", threads.toString());
        }
        Settings settings = place.settings(overrides);
        Progress told = console.progress(Clock.systemUTC());
        ModelCatalogue catalogue = ModelFolders.local(models).requireSound();
        try (ThemeModels loaded = LoadedModels.load(catalogue, ModelSource.none(), settings, mode(), told);
                Scorer scorer = new Scorer(
                        loaded,
                        new ScoringSettings(settings.models().threads(), ScoringSettings.SPACY_MAX_LENGTH, false))) {
            FileScoring scoring = new FileScoring(
                    scorer,
                    catalogue,
                    settings.run()
                            .home()
                            .resolve("work")
                            .resolve("score-" + ProcessHandle.current().pid()),
                    told,
                    Shutdown.SIGNAL);
            FileScoring.Scored scored =
                    scoring.score(in, out, LocalDate.now(settings.run().zone()));
            RowCounts rows = scored.rows();
            console.line("%,d rows: scored %,d, rejected %,d, empty %,d; %,d spans in %s"
                    .formatted(rows.exported(), rows.scored(), rows.rejected(), rows.empty(), scored.spans(), out));
            scored.rejectedFile()
                    .ifPresent(file -> console.line("rejected rows, with the reason of each, are in " + file));
        }
        return ExitCode.DONE.status();
    }

    private ScoringMode mode() {
        if (allCandidates) {
            return ScoringMode.ALL_CANDIDATES;
        }
        return raw ? ScoringMode.RAW : ScoringMode.RULES;
    }
}
