package io.trustpipeline.run;

import io.trustpipeline.run.Finding.Contents;
import io.trustpipeline.store.ObjectStore;

/** What a simulated task does with what it found. */
@FunctionalInterface
interface ScoreTask {
    /** What {@code task trust score} does. */
    ScoreTask OURS = (store, receipts, planned, shard, finding) -> {
        write(store, finding);
        receipts.write(planned, shard, StageFigures.of(0, null, 0, new Prices(0, 0, 1, 1)));
    };

    /** What it must not do: say that a shard is done, and then write it. */
    ScoreTask MARKING_FIRST = (store, receipts, planned, shard, finding) -> {
        new RunObjects(store).create(planned.run().layout().receipt(shard.number()), finding.receipt());
        write(store, finding);
    };

    void carryOut(ObjectStore store, Receipts receipts, Planned planned, Plan.Shard shard, Finding finding);

    private static void write(ObjectStore store, Finding finding) {
        Contents rejected = finding.rejected();
        if (rejected != null) {
            store.putIfAbsent(rejected.object().key(), rejected.bytes());
        }
        store.putIfAbsent(finding.scored().object().key(), finding.scored().bytes());
    }
}
