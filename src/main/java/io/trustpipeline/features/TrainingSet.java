package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows to learn from: what was known of a customer on a day, and the figure of the day after as {@code label}. Features
 * look back from their day alone, so no row knows anything of its label. The last fifth of the days is held out.
 */
public final class TrainingSet {
    private static final int HELD_OUT = 5;

    private final ObjectStore store;
    private final Path scratch;

    /** @param scratch an empty folder */
    public TrainingSet(ObjectStore store, Path scratch) {
        this.store = store;
        this.scratch = scratch;
    }

    /**
     * Writes the same into the store, below the last day; what an earlier attempt wrote stays.
     *
     * @return the key of the rows
     */
    public String keep(TrainingReport report, Path rows) {
        String key = FeatureLayout.training(report.to(), "training.parquet");
        store.putIfAbsent(key, rows);
        new RunObjects(store).create(FeatureLayout.training(report.to(), "model.json"), report);
        return key;
    }

    /**
     * Writes the rows of the days {@code from} to {@code to} whose next day is published as well.
     *
     * @param label a feature; a customer that the next day does not know counts as 0
     * @throws PipelineException DATA_REFUSED when no two days that follow each other are published
     */
    public TrainingReport write(LocalDate from, LocalDate to, String label, Path out) {
        List<LocalDate> days = new ArrayList<>();
        DuckDb.Limits limits = DuckDb.Limits.standard(scratch.resolve("spill"));
        try (DuckDb duckDb = DuckDb.inMemory(limits);
                Statement statement = duckDb.connection().createStatement()) {
            load(statement, from, to.plusDays(1), days);
            String figure = DuckDb.identifier(label);
            requireFeature(statement, label, days);
            statement.execute("CREATE TABLE training AS SELECT today.*, coalesce(tomorrow." + figure
                    + ", 0) AS label FROM known AS today LEFT JOIN known AS tomorrow"
                    + " ON tomorrow.customer_id = today.customer_id AND tomorrow.date = today.date + 1"
                    + " WHERE today.date + 1 IN (SELECT date FROM day) AND today.date <= DATE '" + to + "'");
            statement.execute("CREATE TABLE cut AS SELECT quantile_disc(date, 1 - 1.0 / " + HELD_OUT
                    + ") AS last FROM (SELECT DISTINCT date FROM training)");
            copy(statement, out);
            return evaluate(statement, figure, new Period(from, to, label));
        } catch (SQLException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "the training set: " + DuckDbMessage.of(e), e);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, out + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private void load(Statement statement, LocalDate from, LocalDate to, List<LocalDate> days) throws SQLException {
        statement.execute("CREATE TABLE day (date DATE)");
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
            Path file = scratch.resolve(day + ".parquet");
            if (store.downloadTo(FeatureLayout.published(Dataset.FULL, day), file)
                    .isPresent()) {
                String rows = "SELECT DATE '" + day + "' AS date, * FROM read_parquet(" + DuckDb.file(file)
                        + ", hive_partitioning = false)";
                statement.execute(
                        days.isEmpty() ? "CREATE TABLE known AS " + rows : "INSERT INTO known BY NAME " + rows);
                statement.execute("INSERT INTO day VALUES (DATE '" + day + "')");
                days.add(day);
            }
        }
        if (days.size() < 2) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "--from " + from + ": " + days.size() + " published days up to " + to
                            + "; right are at least two, `features backfill` makes them");
        }
    }

    private static void requireFeature(Statement statement, String label, List<LocalDate> days) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "SELECT count(*) FROM (DESCRIBE known) WHERE column_name = " + DuckDb.literal(label))) {
            found.next();
            if (found.getLong(1) == 0) {
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED, "--label: \"" + label + "\" is no feature of " + days.get(0));
            }
        }
    }

    private static void copy(Statement statement, Path out) throws SQLException, IOException {
        Path target = out.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".writing");
        Files.createDirectories(target.getParent());
        statement.execute(
                "COPY (SELECT training.*, date > last AS held_out FROM training, cut ORDER BY date, customer_id)"
                        + " TO " + DuckDb.literal(temporary.toString()) + " (FORMAT parquet, COMPRESSION snappy)");
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private record Period(LocalDate from, LocalDate to, String label) {}

    private static TrainingReport evaluate(Statement statement, String figure, Period period) throws SQLException {
        String sql = """
                WITH fitted AS (
                    SELECT avg(label) AS mean, regr_slope(label, #) AS slope, regr_intercept(label, #) AS intercept
                    FROM training, cut WHERE date <= last),
                held AS (SELECT training.* FROM training, cut WHERE date > last)
                SELECT (SELECT count(*) FROM training), count(*), avg(abs(label - mean)),
                    avg(abs(label - coalesce(#, 0))), avg(abs(label - (intercept + slope * coalesce(#, 0)))),
                    (SELECT slope FROM fitted), (SELECT intercept FROM fitted)
                FROM held, fitted""".replace("#", figure);
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new TrainingReport(
                    period.from(),
                    period.to(),
                    period.label(),
                    row.getLong(1),
                    row.getLong(2),
                    known(row, 3),
                    known(row, 4),
                    known(row, 5),
                    known(row, 6),
                    known(row, 7));
        }
    }

    private static @Nullable Double known(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() || Double.isNaN(value) ? null : value;
    }
}
