package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.nio.file.Path;

/** Brings model archives from object storage. */
@FunctionalInterface
public interface ModelSource {
    /**
     * Downloads an object, or finds the copy of an earlier download.
     *
     * @return the archive on this machine; it is only read
     * @throws PipelineException when there is no such object or the storage does not answer
     */
    Path fetch(String bucket, String key);

    /** For where there is no object storage: refuses every object. */
    static ModelSource none() {
        return (bucket, key) -> {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    new ModelLocation.Stored(bucket, key)
                            + ": object storage is not available to this command; name the model by its path");
        };
    }
}
