package io.trustpipeline.config;

import java.util.Optional;

/**
 * The models.
 *
 * @param loadMode empty for all at once when they fit into memory, else one after the other
 * @param maxLength longest comment that is scored, in Unicode code points
 * @param location a folder or an S3 address; empty for those that come with the program
 */
public record ModelsSettings(Optional<String> location, Optional<LoadMode> loadMode, int threads, int maxLength) {

    /** How many models are in memory. */
    public enum LoadMode {
        /** One, for all rows, then the next. */
        SEQUENTIAL,
        /** Every one. */
        ALL
    }
}
