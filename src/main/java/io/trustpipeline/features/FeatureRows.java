package io.trustpipeline.features;

import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.RecordBatch;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads features that were computed, some customers at a time. */
final class FeatureRows {
    private static final Set<String> NOT_FEATURES = Set.of("customer_id", "date");

    private FeatureRows() {}

    /** Hands over all items, at most {@link FeatureTable#BATCH} at a time. */
    static void forEachBatch(Path features, FeatureRun run, long generation, Consumer<List<FeatureItem>> consumer) {
        try (ParquetRows rows = ParquetRows.open(features, FeatureTable.BATCH)) {
            for (RecordBatch batch : rows) {
                List<FeatureItem> items = new ArrayList<>();
                for (Group row : batch.rows()) {
                    FeatureKey key = run.request().key(row.getString("customer_id", 0));
                    items.add(new FeatureItem(key, values(row), run.request().runId(), generation));
                }
                consumer.accept(items);
            }
        }
    }

    private static Map<String, Number> values(Group row) {
        Map<String, Number> values = new LinkedHashMap<>();
        GroupType type = row.getType();
        for (Type field : type.getFields()) {
            String name = field.getName();
            if (!NOT_FEATURES.contains(name) && row.getFieldRepetitionCount(name) > 0) {
                values.put(name, value(row, field));
            }
        }
        return values;
    }

    private static Number value(Group row, Type field) {
        return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> (Number) row.getLong(field.getName(), 0);
            case DOUBLE -> row.getDouble(field.getName(), 0);
            default -> throw new IllegalStateException("a feature of type " + field);
        };
    }
}
