package io.trustpipeline.features;

import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import io.trustpipeline.table.ParquetFile;
import io.trustpipeline.table.TableException;
import io.trustpipeline.table.TableException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;

/**
 * Takes the first rows of a Parquet file into the store, into the partition of the month that most of them are of. DuckDB
 * streams the rows, so memory is bounded. The same file and limit again change nothing.
 */
public final class Ingest {
    private final ObjectStore store;
    private final RunObjects objects;
    private final Definitions definitions;
    private final Path scratch;

    /** @param scratch an empty folder */
    public Ingest(ObjectStore store, Definitions definitions, Path scratch) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.definitions = definitions;
        this.scratch = scratch;
    }

    /**
     * Takes rows in.
     *
     * @param source where the file is from, for the record
     * @param limit how many rows, in the order of the file
     * @throws TableException when the file is cut short or does not have the column that says when rows happened
     */
    public Ingested take(Path file, String source, int limit) {
        ParquetFile.requireWhole(file);
        String digest = Workspace.sha256(file);
        Path kept = scratch.resolve("kept.parquet");
        try (DuckDb duckDb = DuckDb.inMemory(DuckDb.Limits.standard(scratch.resolve("spill")));
                Statement statement = duckDb.connection().createStatement()) {
            String rows = "read_parquet(" + DuckDb.file(file) + ", hive_partitioning = false)";
            statement.execute("COPY (SELECT * FROM " + rows + " LIMIT " + limit + ") TO "
                    + DuckDb.literal(kept.toString()) + " (FORMAT parquet, COMPRESSION snappy)");
            YearMonth month = month(statement, file, kept);
            String name = digest.substring(0, 16) + "-" + limit;
            String key = FeatureLayout.raw(month, name + ".parquet");
            store.putIfAbsent(key, kept);
            // An earlier attempt may have put it; what stands there is what counts.
            ObjectHead standing = store.head(key).orElseThrow();
            String record = FeatureLayout.raw(month, name + ".json");
            objects.create(
                    record,
                    new Ingested(
                            key,
                            standing.sha256().orElse(""),
                            standing.size(),
                            rows(statement, kept),
                            source,
                            digest,
                            Files.size(file),
                            rows(statement, file)));
            return objects.read(record, Ingested.class).orElseThrow();
        } catch (SQLException e) {
            throw new TableException(Kind.UNREADABLE, file, "cannot be taken in: " + DuckDbMessage.of(e), e);
        } catch (IOException e) {
            throw new TableException(Kind.UNREADABLE, file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** The month of most rows: real files have some rows of other months. */
    private YearMonth month(Statement statement, Path file, Path kept) throws SQLException {
        String sql = "SELECT mode(strftime(CAST(" + DuckDb.identifier(definitions.time())
                + " AS TIMESTAMP), '%Y-%m')) FROM read_parquet(" + DuckDb.file(kept) + ")";
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            String month = row.getString(1);
            if (month == null) {
                throw new TableException(
                        Kind.UNSUITABLE, file, "has no row with a " + definitions.time() + ", so it is of no month");
            }
            return YearMonth.parse(month);
        }
    }

    private static long rows(Statement statement, Path file) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT num_rows FROM parquet_file_metadata(" + DuckDb.file(file) + ")")) {
            row.next();
            return row.getLong(1);
        }
    }
}
