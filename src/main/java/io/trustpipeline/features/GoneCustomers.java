package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Customers that an earlier run of the day knew and this one does not, because rows were corrected: they leave the table. */
record GoneCustomers(ObjectStore store, FeatureScratch scratch, FeatureTable table) {
    void delete(FeatureRun run, Path features, LedgerEntry entry) {
        for (String earlier : entry.before()) {
            Path file = scratch.folder(run).resolve("before.parquet");
            // A run that was cut off before it had an object has no items either.
            if (store.downloadTo(FeatureLayout.features(earlier), file).isPresent()) {
                delete(run, file, features, entry.generation());
            }
        }
    }

    private void delete(FeatureRun run, Path before, Path now, long generation) {
        String gone = "SELECT customer_id FROM read_parquet(" + DuckDb.file(before)
                + ") WHERE customer_id NOT IN (SELECT customer_id FROM read_parquet(" + DuckDb.file(now) + "))";
        try (DuckDb duckDb = DuckDb.inMemory(scratch.limits(run));
                Statement statement = duckDb.connection().createStatement();
                ResultSet customers = statement.executeQuery(gone)) {
            List<Change> changes = new ArrayList<>();
            while (customers.next()) {
                changes.add(new Change.Delete(run.request().key(customers.getString(1)), generation));
                if (changes.size() == FeatureTable.BATCH) {
                    table.apply(changes);
                    changes.clear();
                }
            }
            if (!changes.isEmpty()) {
                table.apply(changes);
            }
        } catch (SQLException e) {
            throw new PipelineException(
                    ExitCode.UNAVAILABLE, "comparing with an earlier run: " + DuckDbMessage.of(e), e);
        }
    }
}
