package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.List;
import java.util.Optional;

/**
 * Reads the objects of a shard back from the store and says in a receipt what they hold. What counts is what stands
 * there, also when an earlier attempt wrote it.
 */
public final class Receipts {
    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;

    public Receipts(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
    }

    /** The receipt of a shard that is done. */
    public Optional<Receipt> find(Run run, Plan.Shard shard) {
        return objects.read(run.layout().receipt(shard.number()), Receipt.class);
    }

    /** Those of this process's shards that no attempt has finished. */
    public List<Plan.Shard> pending(Planned planned) {
        return planned.shards().stream()
                .filter(shard -> find(planned.run(), shard).isEmpty())
                .toList();
    }

    /**
     * Verifies a shard whose objects were put, and leaves its receipt. The scored object that stands decides, also when
     * another attempt wrote it and found something else.
     *
     * @param took what it took this process
     * @return the receipt that stands
     * @throws PipelineException DEFECT when the objects do not hold what was counted, or a row is lost
     */
    public Receipt write(Planned planned, Plan.Shard shard, StageFigures took) {
        Run run = planned.run();
        int shards = planned.plan().shards().size();
        StoredObject scored =
                workspace.readBack(run, store, run.layout().scoredPrefix() + RunLayout.part(shard.number(), shards));
        ShardTally tally = ShardTally.of(scored.key(), workspace.metadata(run, store, scored));
        List<StoredObject> rejected = tally.rejectedSha256() == null
                ? List.of()
                : List.of(workspace.readBack(
                        run, store, run.layout().rejected(shard.number(), shards, tally.rejectedSha256())));
        requireConsistent(shard, tally, scored, rejected);
        Receipt receipt = new Receipt(shard.number(), tally.rows(), tally.spans(), scored, rejected, took);
        return objects.create(run.layout().receipt(shard.number()), receipt)
                ? receipt
                : find(run, shard).orElseThrow();
    }

    private static void requireConsistent(
            Plan.Shard shard, ShardTally tally, StoredObject scored, List<StoredObject> rejected) {
        tally.rows().conserved(shard.raw().key());
        long rejectedRows = rejected.stream().mapToLong(StoredObject::rows).sum();
        if (rejectedRows != tally.rows().rejected()
                || !rejected.stream().allMatch(object -> object.sha256().equals(tally.rejectedSha256()))
                || tally.spansFound() != scored.rows()
                || tally.rows().exported() != shard.raw().rows()) {
            throw new PipelineException(
                    ExitCode.DEFECT,
                    shard.raw().key() + ": of its " + shard.raw().rows() + " rows "
                            + tally.rows().exported() + " were scored; of " + tally.spansFound() + " spans "
                            + scored.rows() + " stand in the store, and of "
                            + tally.rows().rejected() + " rejected rows " + rejectedRows);
        }
    }
}
