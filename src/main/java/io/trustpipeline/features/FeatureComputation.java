package io.trustpipeline.features;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;
import io.trustpipeline.table.ParquetFile;
import io.trustpipeline.table.TableException;
import io.trustpipeline.table.TableException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Computes features of Parquet files by DuckDB, which streams row groups and reads the needed columns alone: memory is
 * bounded by its limit, whatever the number of rows; with very many customers it spills to the folder of the limits.
 */
public final class FeatureComputation {
    /** What analysts read: small, and readable by everything. */
    private static final String PARQUET = "(FORMAT parquet, COMPRESSION snappy)";

    private final Definitions definitions;
    private final DuckDb.Limits limits;

    public FeatureComputation(Definitions definitions, DuckDb.Limits limits) {
        this.definitions = definitions;
        this.limits = limits;
    }

    /**
     * Writes a row a customer: {@code customer_id}, then the features in their order. The file appears whole or not at
     * all.
     *
     * @throws TableException when an input is cut short or lacks a column, or the output cannot be written
     */
    public Computed compute(List<Path> inputs, Scope scope, Path out) {
        DuckDb.load();
        long started = System.nanoTime();
        inputs.forEach(ParquetFile::requireWhole);
        Path target = out.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".writing");
        try (DuckDb duckDb = DuckDb.inMemory(limits);
                Statement statement = duckDb.connection().createStatement()) {
            Files.createDirectories(target.getParent());
            SourceColumns columns = SourceColumns.of(statement, inputs, definitions, scope.limit() != null);
            FeatureQuery query = new FeatureQuery(definitions, scope, columns.source(), columns.types());
            statement.execute("CREATE TEMP TABLE customer AS " + query.sql());
            statement.execute("COPY (SELECT " + written(scope) + " FROM customer WHERE customer_id IS NOT NULL AND "
                    + DuckDb.identifier(FeatureQuery.USED) + " > 0 ORDER BY customer_id) TO "
                    + DuckDb.literal(temporary.toString()) + " " + PARQUET);
            Computed computed = counts(statement, columns, started);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return computed;
        } catch (SQLException e) {
            throw failed(e, inputs, temporary, out);
        } catch (IOException e) {
            throw new TableException(Kind.UNWRITABLE, out, "cannot be written: " + e.getMessage(), e);
        } finally {
            discard(temporary);
        }
    }

    /** Variants carry their date in a column as well, as their readers expect. */
    private String written(Scope scope) {
        String date = scope.limit() == null ? "" : DuckDb.literal(scope.date().toString()) + " AS date, ";
        return "customer_id, " + date
                + definitions.features().stream()
                        .map(feature -> DuckDb.identifier(feature.name()))
                        .collect(Collectors.joining(", "));
    }

    private Computed counts(Statement statement, SourceColumns columns, long started) throws SQLException {
        String read = DuckDb.identifier(FeatureQuery.READ);
        String used = DuckDb.identifier(FeatureQuery.USED);
        StringBuilder sql = new StringBuilder("SELECT coalesce(sum(" + read + "), 0), coalesce(sum(" + read
                + ") FILTER (WHERE customer_id IS NULL), 0), coalesce(sum(" + read + " - " + used
                + ") FILTER (WHERE customer_id IS NOT NULL), 0), count(*) FILTER (WHERE customer_id IS NOT NULL AND "
                + used + " > 0)");
        definitions.checks().forEach(check -> sql.append(", coalesce(sum(")
                .append(DuckDb.identifier("#" + check.name()))
                .append("), 0)"));
        try (ResultSet counted = statement.executeQuery(sql + " FROM customer")) {
            counted.next();
            Map<String, Long> checks = new LinkedHashMap<>();
            for (RowCheck check : definitions.checks()) {
                checks.put(check.name(), counted.getLong(5 + checks.size()));
            }
            return new Computed(
                    columns.rows(),
                    counted.getLong(1),
                    counted.getLong(2),
                    counted.getLong(3),
                    checks,
                    counted.getLong(4),
                    columns.bytes(),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    private static TableException failed(SQLException e, List<Path> inputs, Path temporary, Path out) {
        String reason = DuckDbMessage.of(e);
        if (reason.contains(temporary.toString()) || reason.contains("No space left")) {
            return new TableException(Kind.UNWRITABLE, out, "cannot be written: " + reason, e);
        }
        Path named = inputs.stream()
                .filter(input -> String.valueOf(e.getMessage()).contains(input.toString()))
                .findFirst()
                .orElse(inputs.get(0));
        return new TableException(Kind.UNREADABLE, named, "features cannot be computed from it: " + reason, e);
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next attempt overwrites it.
        }
    }
}
