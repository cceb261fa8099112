package io.trustpipeline.features;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Holds what the table says against what a run computed. */
record TableComparison(FeatureTable table) {
    /** How many customers of a run have another item than the file says, or none. */
    long differences(FeatureRun run, Path features, long generation) {
        AtomicLong different = new AtomicLong();
        FeatureRows.forEachBatch(features, run, generation, items -> {
            List<FeatureKey> keys = items.stream().map(FeatureItem::key).toList();
            Map<FeatureKey, FeatureItem> standing = table.get(keys);
            different.addAndGet(items.stream()
                    .filter(item -> !same(item, standing.get(item.key())))
                    .count());
        });
        return different.get();
    }

    private static boolean same(FeatureItem wanted, @Nullable FeatureItem standing) {
        return standing != null
                && standing.generation() == wanted.generation()
                && standing.values().keySet().equals(wanted.values().keySet())
                && wanted.values().entrySet().stream()
                        .allMatch(value ->
                                equal(value.getValue(), standing.values().get(value.getKey())));
    }

    /** A table may keep a whole number without its point. */
    private static boolean equal(Number wanted, @Nullable Number standing) {
        return standing != null && wanted.doubleValue() == standing.doubleValue();
    }
}
