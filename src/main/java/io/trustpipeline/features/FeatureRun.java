package io.trustpipeline.features;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Objects;

/**
 * A request on its way.
 *
 * @param claimedAt when its id was first claimed, which decides between two runs of one day
 * @param made what it computed, or null before that
 * @param superseded whether a run that was claimed later has the day
 */
public record FeatureRun(
        FeatureRequest request, Instant claimedAt, @Nullable MadeFeatures made, boolean superseded) {

    /** Whether the features stand in the store. */
    public boolean isComputed() {
        return made != null;
    }

    MadeFeatures features() {
        return Objects.requireNonNull(made);
    }

    FeatureRun with(MadeFeatures features) {
        return new FeatureRun(request, claimedAt, features, superseded);
    }

    FeatureRun givenUp() {
        return new FeatureRun(request, claimedAt, made, true);
    }
}
