package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.sql.FraudQuery;

/** Where an amount is computed. */
public sealed interface CreditRunner permits InProcessRunner, ProcessingJobRunner {
    /**
     * Computes an amount, unless its result is there already.
     *
     * @param executionId names the result; letters, digits and hyphens, 44 at most
     * @throws io.trustpipeline.run.PipelineException UNAVAILABLE when another time may help
     */
    CreditResult run(String executionId, FraudQuery query);
}
