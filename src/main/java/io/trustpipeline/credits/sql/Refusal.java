package io.trustpipeline.credits.sql;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

/** How a query is refused. */
final class Refusal {
    private Refusal() {}

    static PipelineException because(String reason) {
        return new PipelineException(
                ExitCode.REQUEST_REFUSED, "the link's SQL is refused: " + reason + "; nothing of it was run");
    }
}
