package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.Download;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The local files of runs. All of them can be made again.
 *
 * @param root its folder, below which each run has one
 */
public record FeatureScratch(Path root) {
    Path folder(FeatureRun run) {
        return create(root.resolve(run.request().runId()));
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, folder + ": cannot be created (" + e.getMessage() + ")", e);
        }
    }

    DuckDb.Limits limits(FeatureRun run) {
        return DuckDb.Limits.standard(folder(run).resolve("spill"));
    }

    /**
     * What a run computed, as a local file with exactly the bytes that were verified.
     *
     * @throws PipelineException DATA_REFUSED when the object is gone or was changed
     */
    Path features(FeatureRun run, ObjectStore store) {
        MadeFeatures made = run.features();
        Path file = folder(run).resolve(made.sha256() + ".parquet");
        if (!Files.exists(file)) {
            Path arriving = file.resolveSibling("arriving");
            Download download = store.downloadTo(made.key(), arriving)
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.DATA_REFUSED, made.key() + ": is gone though the run wrote it; use a new run_id"));
            if (!download.sha256().equals(made.sha256())) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        made.key() + ": its SHA-256 is " + download.sha256() + " but was " + made.sha256()
                                + " when it was written; somebody changed it");
            }
            move(arriving, file);
        }
        return file;
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, to + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** Removes the local files of a run. */
    public void clear(FeatureRun run) {
        new Workspace(root.resolve(run.request().runId())).clear();
    }
}
