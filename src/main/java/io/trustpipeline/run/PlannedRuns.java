package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.List;

/** Runs whose work another process has fixed, as a task finds them in the store. */
public final class PlannedRuns {
    private final RunIndex index;
    private final RunObjects objects;
    private final Receipts receipts;
    private final String bucket;
    private final String prefix;

    public PlannedRuns(ObjectStore store, Receipts receipts, String prefix) {
        this.index = new RunIndex(store, prefix);
        this.objects = new RunObjects(store);
        this.receipts = receipts;
        this.bucket = store.bucket();
        this.prefix = prefix;
    }

    /** A shard of a run, by its number in the plan. */
    public record Ask(String runId, int shard) {}

    /**
     * A run as far as it has come, without taking part in it.
     *
     * @throws PipelineException REQUEST_REFUSED when there is no such run
     */
    public Run run(String runId) {
        RunIndex.Entry entry = index.get(runId);
        return new Run(
                entry.request(), new RunLayout(bucket, prefix, entry.request()), entry.state(), entry.attempts());
    }

    /**
     * All of a run's work.
     *
     * @throws PipelineException REQUEST_REFUSED when the run is not planned yet
     */
    public Planned whole(Run run) {
        Export export = objects.read(run.layout().exportKey(), Export.class).orElseThrow(() -> notPlanned(run));
        Plan plan = objects.read(run.layout().planKey(), Plan.class).orElseThrow(() -> notPlanned(run));
        return Planned.whole(run, export, plan);
    }

    /**
     * One shard of a run's work, or none when it is done: a task may come twice.
     *
     * @throws PipelineException REQUEST_REFUSED when the run has no such shard
     */
    public Planned shard(Ask ask) {
        Planned whole = whole(run(ask.runId()));
        List<Plan.Shard> shards = whole.plan().shards();
        if (ask.shard() < 0 || ask.shard() >= shards.size()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "shard: " + ask.shard() + " is none of run \"" + ask.runId() + "\"; it has 0 to "
                            + (shards.size() - 1));
        }
        Planned asked = whole.only(List.of(shards.get(ask.shard())));
        return asked.only(receipts.pending(asked));
    }

    private static PipelineException notPlanned(Run run) {
        return new PipelineException(
                ExitCode.REQUEST_REFUSED,
                "run_id: \"" + run.request().runId() + "\" is not planned yet; `task trust prepare` plans it");
    }
}
