package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * What one attempt at a shard found: its objects, before they are in the store.
 *
 * @param scored a span for each row that was scored
 * @param rejected null when every row was scored
 * @param keys of the rows that were scored
 */
record Finding(int shard, Contents scored, @Nullable Contents rejected, ShardTally tally, Set<String> keys) {

    /** An object and its bytes. */
    record Contents(StoredObject object, byte[] bytes, Footer footer) {}

    /** What the program would say of it, once it is written. */
    Receipt receipt() {
        return new Receipt(
                shard,
                tally.rows(),
                tally.spans(),
                scored.object(),
                rejected == null ? List.of() : List.of(rejected.object()),
                null);
    }
}
