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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a day with the published days before it. */
public final class DriftReport {
    private static final int TRAILING_DAYS = 28;
    /** A share of nothing would make the index infinite. */
    private static final String LEAST_SHARE = "0.0001";

    private final ObjectStore store;
    private final Definitions definitions;
    private final FeatureScratch scratch;

    public DriftReport(ObjectStore store, Definitions definitions, FeatureScratch scratch) {
        this.store = store;
        this.definitions = definitions;
        this.scratch = scratch;
    }

    /** A line a feature, in the order of the definitions. */
    List<Drift> of(FeatureRun run) {
        List<Path> before = new ArrayList<>();
        for (int day = 1; day <= TRAILING_DAYS; day++) {
            Path file = scratch.folder(run).resolve("day-" + day + ".parquet");
            if (store.downloadTo(FeatureLayout.published(run.request(), day), file)
                    .isPresent()) {
                before.add(file);
            }
        }
        try (DuckDb duckDb = DuckDb.inMemory(scratch.limits(run));
                Statement statement = duckDb.connection().createStatement()) {
            statement.execute("CREATE VIEW this_day AS SELECT * FROM " + table(List.of(scratch.features(run, store))));
            if (!before.isEmpty()) {
                statement.execute("CREATE VIEW before AS SELECT * FROM " + table(before));
            }
            Set<String> known = before.isEmpty() ? Set.of() : columns(statement);
            List<Drift> lines = new ArrayList<>();
            for (Feature feature : definitions.features()) {
                lines.add(line(statement, feature.name(), known.contains(feature.name()) ? before.size() : 0));
            }
            return lines;
        } catch (SQLException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, "the drift of features: " + DuckDbMessage.of(e), e);
        }
    }

    private static String table(List<Path> files) {
        return files.stream()
                .map(DuckDb::file)
                .collect(Collectors.joining(
                        ", ", "read_parquet([", "], union_by_name = true, hive_partitioning = false)"));
    }

    private static Set<String> columns(Statement statement) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet columns = statement.executeQuery("DESCRIBE before")) {
            while (columns.next()) {
                names.add(columns.getString(1));
            }
        }
        return names;
    }

    private static Drift line(Statement statement, String feature, int days) throws SQLException {
        double[] now = figures(statement, feature, "this_day");
        if (days == 0) {
            return new Drift(feature, (long) now[0], known(now[1]), now[2], 0, null, null, null);
        }
        double[] earlier = figures(statement, feature, "before");
        return new Drift(
                feature,
                (long) now[0],
                known(now[1]),
                now[2],
                days,
                known(earlier[1]),
                earlier[2],
                known(stability(statement, feature)));
    }

    /** Count, mean (NaN without any) and share of nulls. */
    private static double[] figures(Statement statement, String feature, String view) throws SQLException {
        String column = DuckDb.identifier(feature);
        try (ResultSet row = statement.executeQuery(
                "SELECT count(" + column + "), coalesce(avg(" + column + "), 'nan'::DOUBLE), coalesce(1 - count("
                        + column + ") / nullif(count(*), 0)::DOUBLE, 0) FROM " + view)) {
            row.next();
            return new double[] {row.getDouble(1), row.getDouble(2), row.getDouble(3)};
        }
    }

    private static double stability(Statement statement, String feature) throws SQLException {
        String sql = """
                WITH tenths AS (SELECT quantile_cont("#"::DOUBLE, [.1, .2, .3, .4, .5, .6, .7, .8, .9]) AS edges FROM before),
                bins AS (
                    SELECT true AS now, len(list_filter(edges, lambda edge: edge < "#")) AS bin
                    FROM this_day, tenths WHERE "#" IS NOT NULL
                    UNION ALL
                    SELECT false, len(list_filter(edges, lambda edge: edge < "#")) FROM before, tenths WHERE "#" IS NOT NULL),
                counts AS (SELECT count(*) FILTER (now) AS n, count(*) FILTER (NOT now) AS b FROM bins GROUP BY bin),
                shares AS (
                    SELECT greatest(n / sum(n) OVER (), %1$s) AS p, greatest(b / sum(b) OVER (), %1$s) AS q FROM counts)
                SELECT coalesce(sum((p - q) * ln(p / q)), 'nan'::DOUBLE) FROM shares""".formatted(LEAST_SHARE);
        try (ResultSet row = statement.executeQuery(sql.replace("\"#\"", DuckDb.identifier(feature)))) {
            row.next();
            return row.getDouble(1);
        }
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
