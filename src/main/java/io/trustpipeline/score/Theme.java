package io.trustpipeline.score;

/**
 * One entry of the model catalogue.
 *
 * @param name what the spans of this model are called in the output
 * @param thresholds from thresholds.json
 * @param respectModelThreshold whether a span must pass the model's own threshold too; when false, the thresholds here
 *     are the only ones
 */
public record Theme(String name, ModelLocation model, Thresholds thresholds, boolean respectModelThreshold) {}
