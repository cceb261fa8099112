package io.trustpipeline.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbMessage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The laptop's table: a DuckDB file with the keys and conditions of the real one. One process at a time writes to it. */
public final class FileFeatureTable implements FeatureTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS feature_item (
                customer_id VARCHAR, sort_key VARCHAR, feature_values VARCHAR NOT NULL, run_id VARCHAR NOT NULL,
                generation BIGINT NOT NULL, PRIMARY KEY (customer_id, sort_key))""";
    private static final String PUT = """
            INSERT INTO feature_item VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (customer_id, sort_key) DO UPDATE SET feature_values = excluded.feature_values,
                run_id = excluded.run_id, generation = excluded.generation
            WHERE feature_item.generation < excluded.generation""";
    private static final String DELETE =
            "DELETE FROM feature_item WHERE customer_id = ? AND sort_key = ? AND generation < ?";
    private static final String SELECT =
            "SELECT customer_id, sort_key, feature_values, run_id, generation FROM feature_item WHERE customer_id = ? ";
    private static final String LATEST = SELECT + "AND sort_key BETWEEN ? AND ? ORDER BY sort_key DESC LIMIT 1";

    private final DuckDb database;

    private FileFeatureTable(DuckDb database) {
        this.database = database;
    }

    /** Opens the table, or creates it. */
    public static FileFeatureTable open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileFeatureTable table = new FileFeatureTable(DuckDb.open(file, limits(file)));
            table.database.execute(CREATE);
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Opens a table that is there for lookups. */
    public static FileFeatureTable openReadOnly(Path file) {
        return new FileFeatureTable(DuckDb.openReadOnly(file, limits(file)));
    }

    private static DuckDb.Limits limits(Path file) {
        return DuckDb.Limits.standard(file.resolveSibling("spill"));
    }

    @Override
    public synchronized int apply(List<Change> changes) {
        try (PreparedStatement put = database.connection().prepareStatement(PUT);
                PreparedStatement delete = database.connection().prepareStatement(DELETE)) {
            database.execute("BEGIN");
            int applied = 0;
            for (Change change : Change.distinct(changes)) {
                applied += change instanceof Change.Put wanted ? put(put, wanted.item()) : delete(delete, change);
            }
            database.execute("COMMIT");
            return applied;
        } catch (SQLException e) {
            rollBack(e);
            throw failed(e);
        }
    }

    private void rollBack(SQLException cause) {
        try {
            database.execute("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static int put(PreparedStatement put, FeatureItem item) throws SQLException {
        put.setString(1, item.key().customerId());
        put.setString(2, item.key().sort());
        put.setString(3, write(item.values()));
        put.setString(4, item.runId());
        put.setLong(5, item.generation());
        return put.executeUpdate();
    }

    private static int delete(PreparedStatement delete, Change gone) throws SQLException {
        delete.setString(1, gone.key().customerId());
        delete.setString(2, gone.key().sort());
        delete.setLong(3, gone.generation());
        return delete.executeUpdate();
    }

    @Override
    public synchronized Map<FeatureKey, FeatureItem> get(Collection<FeatureKey> keys) {
        Map<FeatureKey, FeatureItem> found = new HashMap<>();
        try (PreparedStatement select = database.connection().prepareStatement(SELECT + "AND sort_key = ?")) {
            for (FeatureKey key : keys) {
                select.setString(1, key.customerId());
                select.setString(2, key.sort());
                first(select).ifPresent(item -> found.put(key, item));
            }
            return found;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized Optional<FeatureItem> latest(String customerId, Dataset dataset, LocalDate asOf) {
        try (PreparedStatement select = database.connection().prepareStatement(LATEST)) {
            select.setString(1, customerId);
            select.setString(2, FeatureKey.sort(dataset, "0000-01-01"));
            select.setString(3, FeatureKey.sort(dataset, asOf.toString()));
            return first(select);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static Optional<FeatureItem> first(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            FeatureKey key = FeatureKey.of(rows.getString(1), rows.getString(2));
            return Optional.of(new FeatureItem(key, read(rows.getString(3)), rows.getString(4), rows.getLong(5)));
        }
    }

    private static String write(Map<String, Number> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole numbers were written without a point, so that they come back as such. */
    private static Map<String, Number> read(String json) {
        try {
            Map<String, Number> values = JSON.readValue(json, new TypeReference<>() {});
            values.replaceAll((name, value) -> value instanceof Integer small ? (Number) small.longValue() : value);
            return values;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PipelineException failed(SQLException e) {
        return new PipelineException(ExitCode.UNAVAILABLE, "the table of features: " + DuckDbMessage.of(e), e);
    }

    @Override
    public void close() {
        database.close();
    }
}
