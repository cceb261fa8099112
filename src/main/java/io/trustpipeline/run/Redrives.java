package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Redrives: runs over rows that another run exported and could not score. A row that was rejected for its key (the key
 * is missing, or stands again) is not among them: that is a fault of the data, which only the warehouse can mend.
 */
public final class Redrives {
    /** The stage of rows that were rejected for their keys, which is when the run was planned. */
    public static final String FOR_ITS_KEY = "plan";

    private final ObjectStore store;
    private final RunObjects objects;
    private final RunIndex index;
    private final Workspace workspace;
    private final String prefix;

    public Redrives(ObjectStore store, Workspace workspace, String prefix) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.index = new RunIndex(store, prefix);
        this.workspace = workspace;
        this.prefix = prefix;
    }

    /**
     * Rows of a raw object that are to be scored again.
     *
     * @param rejected the object that names them
     */
    public record Source(StoredObject raw, StoredObject rejected) {}

    /**
     * How many rows there are to take up.
     *
     * @param forTheirKeys rejected rows that stay rejected
     */
    public record Rows(long toScore, long forTheirKeys) {}

    /** Where the rejected rows of a committed run are, in the order of its raw objects. */
    public List<Source> sources(String parent) {
        RunIndex.Entry entry = index.get(parent);
        RunLayout layout = new RunLayout(store.bucket(), prefix, entry.request());
        Plan plan = objects.read(layout.planKey(), Plan.class).orElseThrow(() -> gone(layout.planKey()));
        List<Source> sources = new ArrayList<>();
        for (Plan.Shard shard : plan.shards()) {
            String key = layout.receipt(shard.number());
            Receipt receipt = objects.read(key, Receipt.class).orElseThrow(() -> gone(key));
            receipt.rejected().forEach(rejected -> sources.add(new Source(shard.raw(), rejected)));
        }
        return sources;
    }

    /** The raw objects of a run that was planned, in the order of its shards. */
    public List<StoredObject> raw(String parent) {
        RunLayout layout =
                new RunLayout(store.bucket(), prefix, index.get(parent).request());
        return objects.read(layout.planKey(), Plan.class).orElseThrow(() -> gone(layout.planKey())).shards().stream()
                .map(Plan.Shard::raw)
                .toList();
    }

    /** Counts the rejected rows of a committed run. */
    public Rows count(Run scratch, String parent) {
        long forTheirKeys = 0;
        long all = 0;
        try (DuckDb database = workspace.database(scratch);
                Statement statement = database.connection().createStatement()) {
            for (Source source : sources(parent)) {
                Path rejected = workspace.local(scratch, store, source.rejected());
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FILTER (stage = "
                        + DuckDb.literal(FOR_ITS_KEY) + "), count(*) FROM " + Workspace.table(List.of(rejected)))) {
                    rows.next();
                    forTheirKeys += rows.getLong(1);
                    all += rows.getLong(2);
                }
            }
        } catch (SQLException e) {
            throw Workspace.failed("redrive", e);
        }
        return new Rows(all - forTheirKeys, forTheirKeys);
    }

    /**
     * What asks for the redrive of a committed run: the one that was begun and is not done, else a new one. Its id is
     * the run's with {@code -redrive-1} and so on behind it.
     *
     * @param wanted the id that it is to have, or null
     * @throws PipelineException REQUEST_REFUSED when the id would be too long or belongs to another run
     */
    public RequestFields request(RunRequest parent, @Nullable String wanted) {
        String id = wanted != null ? wanted : id(parent.runId(), "-redrive-", RunRequest::redriveOf);
        return child(parent, id, parent.runId(), null);
    }

    /**
     * What asks for a committed run's rows to be taken up with today's thresholds, as {@link #request} does for rejected
     * rows; {@code -recut-1} and so on stands behind the id.
     */
    public RequestFields recut(RunRequest parent, @Nullable String wanted) {
        String id = wanted != null ? wanted : id(parent.runId(), "-recut-", RunRequest::recutOf);
        return child(parent, id, null, parent.runId());
    }

    private String id(String parent, String between, Function<RunRequest, @Nullable String> link) {
        for (int number = 1; ; number++) {
            String candidate = parent + between + number;
            Optional<RunIndex.Entry> taken = index.find(candidate);
            if (taken.isEmpty()
                    || (parent.equals(link.apply(taken.get().request()))
                            && taken.get().state() != RunState.NOTIFIED)) {
                return candidate;
            }
        }
    }

    private static RequestFields child(
            RunRequest parent, String id, @Nullable String redriveOf, @Nullable String recutOf) {
        return RequestFields.of(new RunRequest(
                parent.runDate(), RunIds.require(id), parent.email(), parent.upId(), redriveOf, recutOf));
    }

    private static PipelineException gone(String key) {
        return new PipelineException(
                ExitCode.DATA_REFUSED, key + ": is missing though the run went past it; restore it");
    }
}
