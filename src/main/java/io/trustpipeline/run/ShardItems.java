package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.store.ObjectStore;

import java.util.List;

/** Shards as a JSON array in the store, for a map of Step Functions to read: one item a task. */
public final class ShardItems {
    private final RunObjects objects;

    public ShardItems(ObjectStore store) {
        this.objects = new RunObjects(store);
    }

    /** What a task is told. */
    record Item(
            @JsonProperty("run_id") String runId,
            @JsonProperty("shard") int shard) {}

    /** Lists the shards that are still to be scored. Every attempt at a run has a list of its own. @return its key */
    public String write(Run run, List<Plan.Shard> shards) {
        String key = run.layout().items(run.attempt());
        objects.create(
                key,
                shards.stream()
                        .map(shard -> new Item(run.request().runId(), shard.number()))
                        .toList());
        return key;
    }
}
