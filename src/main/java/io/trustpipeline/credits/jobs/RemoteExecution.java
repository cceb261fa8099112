package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;

/** The other end of {@link ProcessingJobRunner}: takes the query from its object and leaves a result, or why there is none. */
public final class RemoteExecution {
    private final RunObjects objects;
    private final CreditLayout layout;
    private final InProcessRunner runner;

    public RemoteExecution(RunObjects objects, CreditLayout layout, InProcessRunner runner) {
        this.objects = objects;
        this.layout = layout;
        this.runner = runner;
    }

    /** @throws PipelineException as it was left for whoever waits */
    public CreditResult run(String executionId) {
        FraudQuery query = objects.read(layout.query(executionId), FraudQuery.class)
                .orElseThrow(() ->
                        new PipelineException(ExitCode.REQUEST_REFUSED, "execution " + executionId + ": has no query"));
        try {
            return runner.run(executionId, query);
        } catch (PipelineException failed) {
            objects.create(
                    layout.failure(executionId),
                    new ExecutionFailure(failed.exitCode(), String.valueOf(failed.getMessage())));
            throw failed;
        }
    }
}
