package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the features of one customer come from: day by day, by which run, and whether the table says the same. */
public final class FeatureExplanation {
    private final ObjectStore store;
    private final Path scratch;
    private final FeatureTable table;

    /** @param scratch an empty folder */
    public FeatureExplanation(ObjectStore store, Path scratch, FeatureTable table) {
        this.store = store;
        this.scratch = scratch;
        this.table = table;
    }

    /** A line a published day that knows the customer; one object is downloaded a day. */
    public List<String> explain(String customer) {
        List<String> lines = new ArrayList<>();
        try (DuckDb duckDb = DuckDb.inMemory(DuckDb.Limits.standard(scratch.resolve("spill")));
                Statement statement = duckDb.connection().createStatement()) {
            for (FeatureDay day : new FeatureDays(store).all()) {
                Dataset dataset = Dataset.ofSize(day.dataset());
                Path file = scratch.resolve("day.parquet");
                if (store.downloadTo(FeatureLayout.published(dataset, day.date()), file)
                        .isPresent()) {
                    @Nullable String values = values(statement, file, customer);
                    if (values != null) {
                        lines.add("%s %s: run %s, generation %d: %s; %s"
                                .formatted(
                                        day.date(),
                                        day.dataset(),
                                        day.entry().runId(),
                                        day.entry().generation(),
                                        values,
                                        inTable(new FeatureKey(customer, day.date(), dataset), day.entry())));
                    }
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "looking for a customer: " + DuckDbMessage.of(e), e);
        }
    }

    private static @Nullable String values(Statement statement, Path file, String customer) throws SQLException {
        String sql = "SELECT * EXCLUDE (customer_id) FROM read_parquet(" + DuckDb.file(file)
                + ", hive_partitioning = false) WHERE customer_id = " + DuckDb.literal(customer);
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                return null;
            }
            List<String> values = new ArrayList<>();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                values.add(row.getMetaData().getColumnName(column) + " " + row.getString(column));
            }
            return String.join(", ", values);
        }
    }

    private String inTable(FeatureKey key, LedgerEntry entry) {
        Map<FeatureKey, FeatureItem> found = table.get(List.of(key));
        FeatureItem item = found.get(key);
        if (item == null) {
            return "not in the table" + (entry.upserted() ? ", though the ledger says so" : " yet");
        }
        return "in the table of run " + item.runId() + ", generation " + item.generation();
    }
}
