package io.trustpipeline.chunked;

import io.trustpipeline.run.PipelineException;

/** One chunk of a run that was planned before: what a task of the state machine does. */
public final class ChunkTask {
    private final ChunkedRun run;
    private final PlanArchive archive;

    public ChunkTask(ChunkedRun run, PlanArchive archive) {
        this.run = run;
        this.archive = archive;
    }

    /** A chunk, by the request of its run and its id in the plan. */
    public record Ask(ChunkedRequest request, int chunkId) {}

    /**
     * Carries the chunk out unless it is done.
     *
     * @throws PipelineException when the plan is damaged, or what the chunk failed of
     */
    public Ask process(Ask ask) {
        ChunkedRun.Claimed claimed = archive.check(run.validate(ask.request()));
        run.processOne(claimed, ask.chunkId());
        return ask;
    }
}
