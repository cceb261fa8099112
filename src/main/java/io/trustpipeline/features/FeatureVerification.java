package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.ParquetRows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks again at what a run left: its file, the object that analysts read, the ledger and the table. Changes nothing. */
public final class FeatureVerification {
    private final ObjectStore store;
    private final FeatureScratch scratch;
    private final FeatureTable table;

    public FeatureVerification(ObjectStore store, FeatureScratch scratch, FeatureTable table) {
        this.store = store;
        this.scratch = scratch;
        this.table = table;
    }

    /**
     * Whether everything is as the run said.
     *
     * @return a line for each difference; none when all is well
     * @throws PipelineException DATA_REFUSED when there is no such run, or its own file is gone or was changed
     */
    public List<String> verify(String runId) {
        RunObjects objects = new RunObjects(store);
        FeatureRun run = FeatureClaims.find(objects, runId)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.DATA_REFUSED, "run_id: \"" + runId + "\" is no run of features in this store"));
        if (!run.isComputed()) {
            return List.of(
                    runId + ": claimed at " + run.claimedAt() + ", nothing computed yet; the same request resumes it");
        }
        Path features = scratch.features(run, store);
        List<String> differences = new ArrayList<>();
        try (ParquetRows rows = ParquetRows.open(features, FeatureTable.BATCH)) {
            long expected = run.features().computed().customers();
            if (rows.rowCount() != expected) {
                differences.add(
                        run.features().key() + ": " + rows.rowCount() + " rows, and the run counted " + expected);
            }
        }
        Optional<LedgerEntry> held = new FeatureLedger(objects).held(run);
        held.ifPresent(entry -> differences.addAll(compare(run, features, entry)));
        return differences;
    }

    private List<String> compare(FeatureRun run, Path features, LedgerEntry entry) {
        List<String> differences = new ArrayList<>();
        String published = FeatureLayout.published(run.request());
        Optional<String> digest = store.head(published).flatMap(ObjectHead::sha256);
        if (entry.published() && !digest.equals(Optional.of(run.features().sha256()))) {
            differences.add(published + ": is not what the run computed, though its ledger says so");
        }
        long different = new TableComparison(table).differences(run, features, entry.generation());
        if (entry.upserted() && different > 0) {
            differences.add("the table holds other values for " + different + " customers of "
                    + run.request().date());
        }
        if (!entry.published() || !entry.upserted()) {
            differences.add(run.request().runId() + ": is not at its end (published " + entry.published()
                    + ", in the table " + entry.upserted() + "); the same request resumes it");
        }
        return differences;
    }
}
