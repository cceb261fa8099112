package io.trustpipeline.credits.warehouse;

import java.time.Duration;
import java.util.List;

/**
 * A SELECT with {@code ?} for its values.
 *
 * @param name what metrics and messages call it
 * @param values texts and dates, in the order of their marks
 * @param deadline after which it is cancelled
 */
public record WarehouseQuery(String name, String sql, List<Object> values, Duration deadline) {
    public WarehouseQuery {
        values = List.copyOf(values);
    }
}
