package io.trustpipeline.features;

import io.trustpipeline.run.KillPoint;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.PutResult;

import java.nio.file.Path;
import java.util.Optional;

/** Puts what a run computed where analysts read it, in one step, while the run has the day. */
public final class Publication {
    private final ObjectStore store;
    private final FeatureLedger ledger;
    private final FeatureScratch scratch;

    public Publication(ObjectStore store, FeatureLedger ledger, FeatureScratch scratch) {
        this.store = store;
        this.ledger = ledger;
        this.scratch = scratch;
    }

    /** Begins the day in the ledger and publishes; the run comes back superseded when a later one has the day. */
    public FeatureRun publish(FeatureRun run) {
        if (ledger.begin(run).isEmpty()) {
            return run.givenUp();
        }
        KillPoint.pass("AFTER_FEATURES_BEGUN");
        Path file = scratch.features(run, store);
        String key = FeatureLayout.published(run.request());
        boolean done = false;
        while (!done) {
            // What stands there is looked at before the ledger: a run that takes the day in between changes the ETag.
            Optional<ObjectHead> standing = store.head(key);
            if (ledger.held(run).isEmpty()) {
                return run.givenUp();
            }
            done = standing.isEmpty()
                    ? store.putIfAbsent(key, file) instanceof PutResult.Created
                    : isThis(run, standing.get())
                            || store.compareAndSet(key, standing.get().etag(), file)
                                    .isPresent();
        }
        KillPoint.pass("AFTER_FEATURES_PUBLISHED");
        ledger.advance(run, LedgerEntry::afterPublishing);
        KillPoint.pass("AFTER_FEATURES_MARKED");
        return run;
    }

    private static boolean isThis(FeatureRun run, ObjectHead standing) {
        return standing.sha256().filter(run.features().sha256()::equals).isPresent();
    }
}
