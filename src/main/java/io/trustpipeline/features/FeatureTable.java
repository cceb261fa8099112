package io.trustpipeline.features;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Features by customer and day, for lookups. Errors are {@code PipelineException}s. Thread-safe. */
public interface FeatureTable extends AutoCloseable {
    /** The most changes and keys that one call takes. */
    int BATCH = 100;

    /**
     * Applies changes, each under its own condition, and repeats what was throttled. Of several changes of one key the
     * last counts.
     *
     * @return how many took effect; the others found what they want, or something newer
     */
    int apply(List<Change> changes);

    /** What stands at these keys now. */
    Map<FeatureKey, FeatureItem> get(Collection<FeatureKey> keys);

    /** The newest item of a customer that was of a day not after {@code asOf}. */
    Optional<FeatureItem> latest(String customerId, Dataset dataset, LocalDate asOf);

    @Override
    void close();
}
