package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Says that a shard is done: its objects are in the store and were read back.
 *
 * @param spans found, by theme
 * @param scored the scored object; present even when it holds no span
 * @param rejected the rejected object, or an empty list
 * @param took what it took the process that left the receipt; null in receipts of earlier versions
 */
public record Receipt(
        @JsonProperty("shard") int shard,
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("spans") Map<String, Long> spans,
        @JsonProperty("scored") StoredObject scored,
        @JsonProperty("rejected") List<StoredObject> rejected,
        @JsonProperty("took") @Nullable StageFigures took) {

    public Receipt {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(spans, "spans").values().forEach(Objects::requireNonNull);
        Objects.requireNonNull(scored, "scored");
        rejected = List.copyOf(rejected);
    }

    /** What became of the rows of all these shards. */
    static RowCounts rows(List<Receipt> receipts) {
        return receipts.stream().map(Receipt::rows).reduce(RowCounts.NONE, RowCounts::plus);
    }

    /** The spans of all these shards by theme, with 0 for a theme that has none. */
    static Map<String, Long> spans(Plan plan, List<Receipt> receipts) {
        Map<String, Long> spans = new TreeMap<>();
        plan.themes().forEach(theme -> spans.put(theme.name(), 0L));
        receipts.forEach(receipt -> receipt.spans().forEach((theme, count) -> spans.merge(theme, count, Long::sum)));
        return spans;
    }
}
