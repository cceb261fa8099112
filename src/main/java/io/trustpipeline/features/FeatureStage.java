package io.trustpipeline.features;

import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.Download;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.util.List;

/** The input becomes files of this computer, these become one file, the file an object, the object what the run made. */
public final class FeatureStage {
    private final ObjectStore store;
    private final RunObjects objects;
    private final FeatureInput input;
    private final Definitions definitions;
    private final FeatureScratch scratch;

    public FeatureStage(ObjectStore store, FeatureInput input, Definitions definitions, FeatureScratch scratch) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.input = input;
        this.definitions = definitions;
        this.scratch = scratch;
    }

    /** A file that is to become an object, and what was counted while it was made. */
    public record Attempt(FeatureRun run, LocalObject object, Computed computed) {}

    /** A run and the files of its input. */
    public record LocalInput(FeatureRun run, List<Path> files) {}

    public LocalInput ingest(FeatureRun run) {
        return new LocalInput(run, input.files(run));
    }

    public Attempt compute(LocalInput local) {
        FeatureRun run = local.run();
        Path file = scratch.folder(run).resolve("features.parquet");
        Computed computed = new FeatureComputation(definitions, scratch.limits(run))
                .compute(local.files(), run.request().scope(), file);
        return new Attempt(
                run, new LocalObject(FeatureLayout.features(run.request().runId()), file), computed);
    }

    /** What stands at the key now counts, also when an attempt that was cut off put it there. */
    public FeatureRun made(Attempt attempt) {
        FeatureRun run = attempt.run();
        KillPoint.pass("AFTER_FEATURES_OBJECT");
        String key = attempt.object().key();
        Download stored = store.downloadTo(key, scratch.folder(run).resolve("read-back.parquet"))
                .orElseThrow();
        objects.create(
                FeatureLayout.made(run.request().runId()),
                new MadeFeatures(key, stored.sha256(), stored.size(), attempt.computed()));
        KillPoint.pass("AFTER_FEATURES_COMPUTED");
        return run.with(objects.read(FeatureLayout.made(run.request().runId()), MadeFeatures.class)
                .orElseThrow());
    }
}
