package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes the table hold exactly what a run computed for its day, and sees that it does. A repeated upsert changes nothing;
 * one of an older generation changes nothing that a newer one wrote.
 */
public final class TableUpsert {
    private final ObjectStore store;
    private final FeatureLedger ledger;
    private final FeatureScratch scratch;
    private final FeatureTable table;
    private final StopSignal stop;

    public TableUpsert(
            ObjectStore store, FeatureLedger ledger, FeatureScratch scratch, FeatureTable table, StopSignal stop) {
        this.store = store;
        this.ledger = ledger;
        this.scratch = scratch;
        this.table = table;
        this.stop = stop;
    }

    public FeatureRun upsert(FeatureRun run) {
        Optional<LedgerEntry> held = ledger.held(run);
        if (run.superseded() || held.isEmpty()) {
            return run.givenUp();
        }
        LedgerEntry entry = held.get();
        if (entry.upserted()) {
            return run;
        }
        Path features = scratch.features(run, store);
        FeatureRows.forEachBatch(features, run, entry.generation(), items -> {
            stop.check();
            table.apply(items.stream().<Change>map(Change.Put::new).toList());
            KillPoint.pass("AFTER_FEATURES_BATCH");
        });
        KillPoint.pass("AFTER_FEATURES_ITEMS");
        new GoneCustomers(store, scratch, table).delete(run, features, entry);
        KillPoint.pass("AFTER_FEATURES_TABLE");
        long different = new TableComparison(table).differences(run, features, entry.generation());
        if (ledger.held(run).isEmpty()) {
            return run.givenUp();
        }
        if (different > 0) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE,
                    "the table holds other values than " + run.features().key() + " for " + different
                            + " customers of " + run.request().date()
                            + "; somebody else writes to it; the same request tries again");
        }
        ledger.advance(run, LedgerEntry::afterUpsert);
        KillPoint.pass("AFTER_FEATURES_RECONCILED");
        return run;
    }
}
