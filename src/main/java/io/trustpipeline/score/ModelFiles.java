package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings models to this machine: fetched, unpacked, and looked through for the saved pipeline. */
record ModelFiles(ModelSource source, ModelCache cache) {

    /** A saved pipeline and its size. */
    record Pipeline(Path folder, ModelSize size) {}

    /**
     * The saved pipeline at a location.
     *
     * @throws PipelineException {@code DATA_REFUSED} when there is none, or the archive cannot be used
     */
    Pipeline pipeline(ModelLocation location) {
        Path place = location instanceof ModelLocation.Stored stored
                ? source.fetch(stored.bucket(), stored.key())
                : ((ModelLocation.Local) location).path();
        Path unpacked = Files.isDirectory(place) ? place : cache.unpacked(place);
        try {
            Path folder = PipelineFolder.of(unpacked)
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.DATA_REFUSED, location + ": holds no " + PipelineFolder.CONFIG));
            return new Pipeline(folder, ModelSize.of(folder));
        } catch (IOException | UncheckedIOException e) {
            throw new PipelineException(ExitCode.DATA_REFUSED, location + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
