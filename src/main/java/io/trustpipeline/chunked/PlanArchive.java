package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
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
        objects.create(key(plan.runId(), "plan.json"), plan);
        objects.create(
                key(plan.runId(), "chunk-ids.json"),
                plan.chunks().stream().map(PlanObject.Chunk::chunkId).toList());
        KillPoint.pass("AFTER_CHUNKED_ARCHIVE");
        return check(claimed);
    }

    /**
     * Reads the stored plan and compares it with its checksum and with the ledger.
     *
     * @throws PipelineException REQUEST_REFUSED when there is none, DATA_REFUSED when it is damaged or another one
     */
    public ChunkedRun.Claimed check(ChunkedRun.Claimed claimed) {
        String runId = claimed.request().runId();
        String key = key(runId, "plan.json");
        PlanObject stored = objects.read(key, PlanObject.class)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        key + ": there is no such plan; `plan --run-id " + runId + "` makes it"));
        if (!stored.intact()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    key + ": is damaged, its chunks are not those of its sha256; use a new run_id");
        }
        if (!stored.chunks().equals(run.planObject(claimed).chunks())) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, key + ": is another plan than the ledger's; use a new run_id");
        }
        return claimed;
    }

    private String key(String runId, String name) {
        return prefix + "runs/" + runId + "/" + name;
    }
}
