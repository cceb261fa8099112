package io.trustpipeline.config;

import java.util.Optional;

/**
 * The models.
 *
 * @param location a folder or an S3 address; empty for those that come with the program
 */
public record ModelsSettings(Optional<String> location, LoadMode loadMode, int threads) {

    /** How many models are in memory. */
    public enum LoadMode {
        /** One, for all rows, then the next. */
        SEQUENTIAL,
        /** Every one. */
        ALL
    }
}
