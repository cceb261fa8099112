package io.trustpipeline.cloud;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.PlannedRuns;
import io.trustpipeline.run.Receipt;
import io.trustpipeline.run.Receipts;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunJournal;
import io.trustpipeline.run.ShardItems;

import java.util.List;

/** What the tasks of the trust pipeline report at their end. */
public final class TrustTasks {
    private final PlannedRuns runs;
    private final ShardItems items;
    private final Receipts receipts;
    private final RunJournal journal;
    private final long oneTaskRows;

    /** @param oneTaskRows a run of at most so many rows is carried out by one task */
    public TrustTasks(PlannedRuns runs, ShardItems items, Receipts receipts, RunJournal journal, long oneTaskRows) {
        this.runs = runs;
        this.items = items;
        this.receipts = receipts;
        this.journal = journal;
        this.oneTaskRows = oneTaskRows;
    }

    /** A run that is planned. One task does it all if it is small, or if a map would start but one task more. */
    public Prepared prepared(Planned planned) {
        List<Plan.Shard> left = receipts.pending(planned);
        boolean single = left.size() <= 1 || planned.export().rows() <= oneTaskRows;
        return prepared(planned, left.size(), single, items.write(planned.run(), left));
    }

    /** A run that an earlier execution has committed: at most people are still to be told, which this task does. */
    public Prepared prepared(Run committed) {
        return prepared(runs.whole(committed), 0, true, committed.layout().items(committed.attempt()));
    }

    private static Prepared prepared(Planned planned, int shards, boolean single, String itemsKey) {
        Run run = planned.run();
        return new Prepared(
                run.request().runId(),
                run.request().runDate().toString(),
                run.request().upId(),
                run.request().email(),
                run.layout().bucket(),
                shards,
                planned.export().rows(),
                single,
                itemsKey,
                null);
    }

    /** The same task has done all the rest as well. */
    public Prepared completed(Prepared prepared, Run run) {
        return prepared.with(committed(run));
    }

    /**
     * A shard that is done.
     *
     * @throws PipelineException DEFECT when it has no receipt
     */
    public ShardScored scored(PlannedRuns.Ask ask) {
        Planned whole = runs.whole(runs.run(ask.runId()));
        Receipt receipt = receipts.find(whole.run(), whole.plan().shards().get(ask.shard()))
                .orElseThrow(() -> new PipelineException(
                        ExitCode.DEFECT, "shard " + ask.shard() + " of run " + ask.runId() + " left no receipt"));
        return new ShardScored(
                ask.runId(),
                receipt.shard(),
                receipt.rows(),
                receipt.spans().values().stream().mapToLong(Long::longValue).sum());
    }

    /** A run that people were told of. */
    public Committed committed(Run run) {
        return Committed.of(run, journal.manifest(run));
    }
}
