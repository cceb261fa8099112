package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the store knows of one comment: in which runs it was, what became of it there, and why. */
public final class Explanation {
    private final ObjectStore store;
    private final RunObjects objects;
    private final RunIndex index;
    private final Workspace workspace;
    private final String prefix;

    public Explanation(ObjectStore store, Workspace workspace, String prefix) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.index = new RunIndex(store, prefix);
        this.workspace = workspace;
        this.prefix = prefix;
    }

    /** One line for each fact, the oldest run first; empty when no run ever exported the key. */
    public List<String> explain(String commentUniqueKey) {
        List<String> lines = new ArrayList<>();
        for (RunIndex.Entry entry : index.runs()) {
            RunLayout layout = new RunLayout(store.bucket(), prefix, entry.request());
            Run run = new Run(entry.request(), layout, entry.state(), entry.attempts());
            Optional<Plan> plan = objects.read(layout.planKey(), Plan.class);
            if (plan.isPresent()) {
                try {
                    explain(commentUniqueKey, run, plan.get(), lines);
                } catch (SQLException e) {
                    throw Workspace.failed("explain", e);
                } finally {
                    workspace.clear(run);
                }
            }
        }
        return lines;
    }

    private void explain(String key, Run run, Plan plan, List<String> lines) throws SQLException {
        for (Plan.Shard shard : plan.shards()) {
            Path part = workspace.local(run, store, shard.part());
            try (DuckDb database = workspace.database(run);
                    PreparedStatement query = database.connection()
                            .prepareStatement("SELECT row, text_sha256, disposition, themes, reason FROM "
                                    + Workspace.table(List.of(part)) + " WHERE comment_unique_key = ? ORDER BY row")) {
                query.setString(1, key);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        String where = "run " + run.request().runId() + " (" + run.state() + "), row " + rows.getLong(1)
                                + " of " + shard.raw().key() + ": ";
                        switch (rows.getString(3)) {
                            case "EMPTY" -> lines.add(where + "empty, nothing to score");
                            case "REJECTED" -> lines.add(where + "rejected, " + rows.getString(5));
                            case "ALREADY_SCORED" -> lines.add(where + "already scored by an earlier run");
                            default -> scored(where, run, plan, shard, rows, lines);
                        }
                    }
                }
            }
        }
    }

    private void scored(String where, Run run, Plan plan, Plan.Shard shard, ResultSet row, List<String> lines)
            throws SQLException {
        Optional<Receipt> receipt = objects.read(run.layout().receipt(shard.number()), Receipt.class);
        if (receipt.isEmpty()) {
            lines.add(where + "to be scored; the run has not come that far");
            return;
        }
        for (StoredObject rejected : receipt.get().rejected()) {
            Optional<String> reason = rejection(run, rejected, row.getLong(1));
            if (reason.isPresent()) {
                lines.add(where + "rejected, " + reason.get());
                return;
            }
        }
        for (String number : row.getString(4).split(",")) {
            Plan.Theme theme = plan.themes().get(Integer.parseInt(number));
            lines.add(where + "scored for " + theme.name() + " on " + plan.patternCheckDate() + " by model "
                    + theme.modelDigest().substring(0, 12) + " with rules "
                    + theme.rulesDigest().substring(0, 12) + ", text "
                    + row.getString(2).substring(0, 12) + ", spans in "
                    + receipt.get().scored().key());
        }
    }

    private Optional<String> rejection(Run run, StoredObject rejected, long row) throws SQLException {
        try (DuckDb database = workspace.database(run);
                PreparedStatement query = database.connection()
                        .prepareStatement("SELECT stage, reason FROM "
                                + Workspace.table(List.of(workspace.local(run, store, rejected))) + " WHERE row = ?")) {
            query.setLong(1, row);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of("at " + rows.getString(1) + ": " + rows.getString(2))
                        : Optional.empty();
            }
        }
    }
}
