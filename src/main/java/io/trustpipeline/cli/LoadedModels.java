package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.ModelsAtHand;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.ArchiveLimits;
import io.trustpipeline.score.LoadMode;
import io.trustpipeline.score.ModelCache;
import io.trustpipeline.score.ModelCatalogue;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.Scorer;
import io.trustpipeline.score.ScoringMode;
import io.trustpipeline.score.ScoringSettings;
import io.trustpipeline.score.SpeedProbe;
import io.trustpipeline.score.ThemeModels;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The models of a run, loading in the background while the warehouse exports. */
final class LoadedModels implements AutoCloseable {
    private final CompletableFuture<Loaded> loading;
    private final Thread thread;

    private LoadedModels(Supplier<Loaded> load) {
        this.loading = new CompletableFuture<>();
        this.thread = new Thread(
                () -> {
                    try {
                        loading.complete(load.get());
                    } catch (RuntimeException | Error e) {
                        loading.completeExceptionally(e);
                    }
                },
                "models");
        thread.setDaemon(true);
        thread.start();
    }

    /** What scores, and what identifies its results. */
    private record Loaded(ThemeModels models, Scorer scorer) {}

    /**
     * Begins to load.
     *
     * @param catalogue finds the models folder; what is wrong with it stops whoever asks for the models
     */
    static LoadedModels inBackground(
            Supplier<ModelCatalogue> catalogue, ModelSource source, Settings settings, Progress progress) {
        return new LoadedModels(() -> {
            ThemeModels models = load(catalogue.get().requireSound(), source, settings, ScoringMode.RULES, progress);
            return new Loaded(
                    models,
                    new Scorer(
                            models,
                            ScoringSettings.of(
                                    settings.models().threads(),
                                    settings.models().maxLength())));
        });
    }

    /** For a command that scores nothing. */
    static LoadedModels none() {
        return new LoadedModels(() -> {
            throw new IllegalStateException("models asked for by a command without any");
        });
    }

    /** Loads as the settings say, and tells of each model. */
    static ThemeModels load(
            ModelCatalogue catalogue, ModelSource source, Settings settings, ScoringMode mode, Progress progress) {
        LoadMode wanted = settings.models()
                .loadMode()
                .map(given -> switch (given) {
                    case ALL -> LoadMode.ALL;
                    case SEQUENTIAL -> LoadMode.SEQUENTIAL;
                })
                .orElse(null);
        return ThemeModels.load(catalogue, source, cache(settings), mode, wanted, progress);
    }

    /** Where unpacked archives are kept. */
    static ModelCache cache(Settings settings) {
        return new ModelCache(settings.run().home().resolve("models"), ArchiveLimits.DEFAULT);
    }

    /** Waits for the models. */
    Scorer scorer() {
        return loaded().scorer();
    }

    /** Waits for the models and says what the ledger knows them by, and how their scores compare with spaCy's. */
    ModelsAtHand atHand() {
        ThemeModels models = loaded().models();
        List<Plan.Theme> themes = models.models().stream()
                .map(model -> new Plan.Theme(
                        model.name(), model.digest(), model.rulesDigest(), model.thresholds(), model.spanRulesDigest()))
                .toList();
        return new ModelsAtHand(themes, models.certificate());
    }

    /** Waits for the models and says whether there is a recommend model among them. */
    boolean recommends() {
        return loaded().models().recommends();
    }

    /** Tokens that they have looked at so far; none while they are still loading. */
    long tokens() {
        return loading.isDone() && !loading.isCompletedExceptionally()
                ? loaded().scorer().tokens()
                : 0;
    }

    /** Tokens a second, measured now. */
    double measure(List<String> texts, int threads) {
        return SpeedProbe.tokensPerSecond(loaded().models(), threads, texts);
    }

    /** Tokens of some texts together. */
    long countTokens(List<String> texts) {
        return SpeedProbe.countTokens(loaded().models(), texts);
    }

    /**
     * Passes when the models are there.
     *
     * @throws PipelineException UNAVAILABLE while they load
     */
    void requireLoaded() {
        if (!loading.isDone()) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "models: still loading");
        }
        loaded();
    }

    private Loaded loaded() {
        try {
            return loading.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Ends a loading that nobody waits for any more, so that nothing is written or fetched after this. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loading.thenAccept(loaded -> {
            loaded.scorer().close();
            loaded.models().close();
        });
    }
}
