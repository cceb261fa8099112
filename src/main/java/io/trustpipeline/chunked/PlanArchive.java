package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;

/** Keeps the plan of a run in the object store, where the state machine finds it. */
public final class PlanArchive {
    private final ChunkedRun run;
    private final RunObjects objects;
    private final String prefix;

    /** @param prefix below which the pipeline writes */
    public PlanArchive(ChunkedRun run, RunObjects objects, String prefix) {
        this.run = run;
        this.objects = objects;
        this.prefix = prefix;
    }

    /**
     * Stores the plan unless it is there already.
     *
     * @throws PipelineException DATA_REFUSED when the stored plan is another one
     */
    public ChunkedRun.Claimed store(ChunkedRun.Claimed claimed) {
        PlanObject plan = run.planObject(claimed);
        String key = prefix + "runs/" + plan.runId() + "/plan.json";
        if (!objects.create(key, plan)) {
            PlanObject stored = objects.read(key, PlanObject.class).orElseThrow();
            if (!stored.chunks().equals(plan.chunks())) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, key + ": is another plan than the ledger's; use a new run_id");
            }
        }
        return claimed;
    }
}
