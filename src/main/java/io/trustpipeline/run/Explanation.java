package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store knows of one comment: in which runs it was, what became of it there, when, by which model, where, and
 * why not.
 */
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
                try (DuckDb database = workspace.database(run)) {
                    RunExplanation explanation =
                            new RunExplanation(store, workspace, run, plan.get(), database.connection());
                    for (String fact : explanation.facts(commentUniqueKey)) {
                        lines.add(name(entry) + ", " + fact);
                    }
                } catch (SQLException e) {
                    throw Workspace.failed("explain", e);
                } finally {
                    workspace.clear(run);
                }
            }
        }
        return lines;
    }

    /** The run with its lineage: whose rejected rows it took up, and who took up its own. */
    private static String name(RunIndex.Entry entry) {
        RunRequest request = entry.request();
        String of = (request.redriveOf() == null ? "" : ", a redrive of " + request.redriveOf())
                + (request.recutOf() == null ? "" : ", a recut of " + request.recutOf());
        String by = entry.manifest()
                .map(Manifest::redrivenBy)
                .map(children -> ", redriven by " + String.join(", ", children))
                .orElse("");
        return "run " + request.runId() + " (" + entry.state() + of + by + ")";
    }
}
