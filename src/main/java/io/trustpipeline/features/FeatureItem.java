package io.trustpipeline.features;

import java.util.Map;

/**
 * What is known of a customer on a day.
 *
 * @param values by feature: {@link Long} or {@link Double}; what is not known is absent
 * @param generation how often this day was taken up by a run; a lower one never replaces a higher one
 */
public record FeatureItem(FeatureKey key, Map<String, Number> values, String runId, long generation) {}
