package io.trustpipeline.features;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A step towards what the table should hold. It takes effect unless something of the same or a higher generation stands. */
public sealed interface Change {
    /** The same without repeated keys: the last change of a key stays. */
    static List<Change> distinct(List<Change> changes) {
        Map<FeatureKey, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.key(), change));
        return List.copyOf(last.values());
    }

    FeatureKey key();

    long generation();

    /** The item is to stand at its key. */
    record Put(FeatureItem item) implements Change {
        @Override
        public FeatureKey key() {
            return item.key();
        }

        @Override
        public long generation() {
            return item.generation();
        }
    }

    /** Nothing is to stand at the key: this generation does not know the customer any more. */
    record Delete(FeatureKey key, long generation) implements Change {}
}
