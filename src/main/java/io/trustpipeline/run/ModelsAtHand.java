package io.trustpipeline.run;

import java.util.List;

/**
 * The models that are loaded for a run.
 *
 * @param themes in their order, with what identifies their results
 */
public record ModelsAtHand(List<Plan.Theme> themes, ParityCertificate certificate) {}
