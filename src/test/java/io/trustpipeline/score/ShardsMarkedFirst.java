package io.trustpipeline.score;

import io.trustpipeline.run.EarlyMark;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;

import java.io.IOException;
import java.util.List;

/**
 * The shards of a run in the wrong order: receipt and ledger say that a shard is done before its objects are written. As
 * long as nobody kills it, all is as it should be.
 */
public final class ShardsMarkedFirst {
    private final Shards shards;
    private final ObjectStore store;
    private final Workspace workspace;

    public ShardsMarkedFirst(Shards shards, ObjectStore store, Workspace workspace) {
        this.shards = shards;
        this.store = store;
        this.workspace = workspace;
    }

    public List<Shards.Pending> pending(Planned planned) {
        return shards.pending(planned);
    }

    public OpenShard open(Shards.Pending pending) {
        return shards.open(pending);
    }

    public void append(OpenShard shard, List<Outcome> outcomes) {
        shards.append(shard, outcomes);
    }

    public List<LocalObject> finish(OpenShard shard) throws IOException {
        List<LocalObject> objects = shards.finish(shard);
        EarlyMark.leave(store, workspace, shard.planned(), shard.shard(), objects);
        return objects;
    }

    public void verify(OpenShard shard) {
        shards.verify(shard);
    }

    public void close(OpenShard shard) {
        shards.close(shard);
    }
}
