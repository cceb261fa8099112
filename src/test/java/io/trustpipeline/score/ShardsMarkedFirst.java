package io.trustpipeline.score;

import io.trustpipeline.run.EarlyLedger;
import io.trustpipeline.run.LocalObject;
import io.trustpipeline.run.Plan;
import io.trustpipeline.run.Planned;
import io.trustpipeline.run.Receipt;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.StoredObject;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDbOracle;
import io.trustpipeline.table.ParquetRows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    public List<LocalObject> finish(OpenShard shard) throws Exception {
        List<LocalObject> objects = shards.finish(shard);
        Planned planned = shard.planned();
        Plan.Shard plan = shard.shard();
        LocalObject scored = objects.get(objects.size() - 1);
        List<LocalObject> rejected = objects.subList(0, objects.size() - 1);
        for (LocalObject object : rejected) {
            Path known = workspace.of(planned.run()).resolve(Workspace.sha256(object.file()) + ".parquet");
            Files.copy(object.file(), known, StandardCopyOption.REPLACE_EXISTING);
        }
        Receipt receipt = new Receipt(
                plan.number(),
                shard.counts(),
                spans(scored.file()),
                stored(scored),
                rejected.stream().map(ShardsMarkedFirst::stored).toList());
        new RunObjects(store).create(planned.run().layout().receipt(plan.number()), receipt);
        EarlyLedger.write(store, workspace, planned, List.of(receipt));
        return objects;
    }

    public void verify(OpenShard shard) {
        shards.verify(shard);
    }

    public void close(OpenShard shard) {
        shards.close(shard);
    }

    private static StoredObject stored(LocalObject object) {
        try (ParquetRows rows = ParquetRows.open(object.file(), 1)) {
            return new StoredObject(
                    object.key(), rows.rowCount(), Files.size(object.file()), Workspace.sha256(object.file()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Long> spans(Path scored) throws SQLException {
        Map<String, Long> spans = new TreeMap<>();
        try (DuckDbOracle oracle = new DuckDbOracle(scored.resolveSibling("spill"))) {
            for (String row :
                    oracle.rows("SELECT theme, count(*) FROM " + DuckDbOracle.parquet(scored) + " GROUP BY theme")) {
                String[] parts = row.split(" \\| ");
                spans.put(parts[0], Long.valueOf(parts[1]));
            }
        }
        return spans;
    }
}
