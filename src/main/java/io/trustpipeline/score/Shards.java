package io.trustpipeline.score;

import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.Receipts;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.StageTimes;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The beans of the score stage: which shards are left, and what happens to one of them step by step. */
public final class Shards {
    private final ObjectStore store;
    private final Workspace workspace;
    private final Receipts receipts;
    private final Recuts recuts;
    private final Progress progress;
    private final StageTimes times;
    private final AtomicLong rowsDone = new AtomicLong();

    public Shards(
            ObjectStore store,
            Workspace workspace,
            Receipts receipts,
            Recuts recuts,
            Progress progress,
            StageTimes times) {
        this.store = store;
        this.workspace = workspace;
        this.receipts = receipts;
        this.recuts = recuts;
        this.progress = progress;
        this.times = times;
    }

    /** A shard that an exchange is to score. */
    public record Pending(Planned planned, Plan.Shard shard) {}

    /** The shards that no attempt has finished. */
    public List<Pending> pending(Planned planned) {
        progress.stage("score");
        List<Plan.Shard> left = receipts.pending(planned);
        rowsDone.set(planned.rows()
                - left.stream().mapToLong(shard -> shard.raw().rows()).sum());
        progress.rows(rowsDone.get(), planned.rows());
        return left.stream().map(shard -> new Pending(planned, shard)).toList();
    }

    public OpenShard open(Pending pending) {
        times.begin();
        Run run = pending.planned().run();
        Plan.Shard shard = pending.shard();
        Path raw = workspace.readable(
                run, workspace.local(run, store, shard.raw()), "small-pages-%05d.parquet".formatted(shard.number()));
        Path part = workspace.local(run, store, shard.part());
        return new OpenShard(
                pending.planned(),
                shard,
                raw,
                part,
                workspace.fresh(run, "scored-%05d.parquet".formatted(shard.number())),
                workspace.fresh(run, "rejected-%05d.parquet".formatted(shard.number())),
                workspace.fresh(run, "near-%05d.parquet".formatted(shard.number())),
                recuts.open(pending.planned(), shard).orElse(null));
    }

    public void append(OpenShard shard, List<Outcome> outcomes) {
        shard.append(outcomes);
        progress.rows(rowsDone.addAndGet(outcomes.size()), shard.planned().rows());
        KillPoint.AFTER_FIRST_BATCH.pass();
    }

    public List<LocalObject> finish(OpenShard shard) {
        return shard.finish();
    }

    /** Reads the shard's objects back and leaves the receipt. */
    public void verify(OpenShard shard) {
        receipts.write(
                shard.planned(), shard.shard(), times.tookToScore(shard.counts().scored()));
        KillPoint.AFTER_RECEIPT.pass();
    }

    public void close(OpenShard shard) {
        shard.close();
    }
}
