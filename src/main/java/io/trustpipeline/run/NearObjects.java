package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the spans of a run that lie a little below their thresholds. Each scored object says which object with such spans
 * goes with it; nobody but people who try thresholds reads them.
 */
public final class NearObjects {
    private final ObjectStore store;
    private final Workspace workspace;

    public NearObjects(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.workspace = workspace;
    }

    /**
     * A shard's spans as local files.
     *
     * @param near those a little below their thresholds; null when there are none
     * @param from from which share of its thresholds on each theme's are there; empty when the run kept none
     */
    public record Shard(Path scored, @Nullable Path near, Map<String, Float> from) {}

    /** The shards of a committed run, in their order. */
    public List<Shard> shards(Run run, Manifest manifest) {
        List<Shard> shards = new ArrayList<>();
        int count = manifest.scored().size();
        for (int number = 0; number < count; number++) {
            shards.add(shard(run, run.layout(), manifest.scored().get(number), number, count));
        }
        return shards;
    }

    /**
     * One shard.
     *
     * @param run who reads, and keeps the local files
     * @param layout of the run that wrote
     */
    Shard shard(Run run, RunLayout layout, StoredObject scored, int number, int count) {
        Path file = workspace.local(run, store, scored);
        ShardTally tally = ShardTally.of(scored.key(), workspace.metadata(run, store, scored));
        String sha256 = tally.nearSha256();
        Path near = sha256 == null
                ? null
                : workspace.local(run, store, new StoredObject(layout.near(number, count, sha256), 0, 0, sha256));
        return new Shard(file, near, tally.nearFrom() == null ? Map.of() : tally.nearFrom());
    }
}
