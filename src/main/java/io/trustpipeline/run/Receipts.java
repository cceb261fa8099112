package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the objects of a shard back from the store and says in a receipt what they hold. What counts is what stands
 * there, also when an earlier attempt wrote it.
 */
public final class Receipts {
    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;

    public Receipts(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
    }

    /** The receipt of a shard that is done. */
    public Optional<Receipt> find(Run run, Plan.Shard shard) {
        return objects.read(run.layout().receipt(shard.number()), Receipt.class);
    }

    /**
     * Verifies a shard whose objects were put, and leaves its receipt.
     *
     * @param counted what became of the shard's rows, as they were scored
     * @throws PipelineException DEFECT when the objects do not hold what was counted, or a row is lost
     */
    public Receipt write(Planned planned, Plan.Shard shard, RowCounts counted) {
        Run run = planned.run();
        counted.conserved(shard.raw().key());
        String part = RunLayout.part(shard.number(), planned.plan().shards().size());
        StoredObject scored = workspace.readBack(run, store, run.layout().scoredPrefix() + part);
        List<StoredObject> rejected = counted.rejected() > 0
                ? List.of(workspace.readBack(run, store, run.layout().rejectedPrefix() + part))
                : List.of();
        long rejectedRows = rejected.stream().mapToLong(StoredObject::rows).sum();
        if (rejectedRows != counted.rejected()
                || counted.exported() != shard.raw().rows()) {
            throw new PipelineException(
                    ExitCode.DEFECT,
                    shard.raw().key() + ": of its " + shard.raw().rows() + " rows " + counted.exported()
                            + " were scored, and of " + counted.rejected() + " rejected ones " + rejectedRows
                            + " stand in the store");
        }
        Receipt receipt = new Receipt(shard.number(), counted, spans(run, scored), scored, rejected);
        objects.create(run.layout().receipt(shard.number()), receipt);
        return receipt;
    }

    private Map<String, Long> spans(Run run, StoredObject scored) {
        Map<String, Long> spans = new TreeMap<>();
        try (DuckDb database = workspace.database(run);
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT theme, count(*) FROM "
                        + Workspace.table(List.of(workspace.local(run, store, scored))) + " GROUP BY theme")) {
            while (rows.next()) {
                spans.put(rows.getString(1), rows.getLong(2));
            }
        } catch (SQLException e) {
            throw Workspace.failed(scored.key(), e);
        }
        return spans;
    }
}
