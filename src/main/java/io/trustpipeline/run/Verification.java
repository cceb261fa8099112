package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Counts a committed run again from its objects: every record of the run must say the same as its manifest, every object
 * must hold the bytes and rows that the manifest says, and rows, spans and ledger must follow from the raw rows and the
 * plan. Nothing is taken from the manifest that can be counted.
 */
public final class Verification {
    private final ObjectStore store;
    private final Workspace workspace;
    private final RunIndex index;
    private final String prefix;

    public Verification(ObjectStore store, Workspace workspace, String prefix) {
        this.store = store;
        this.workspace = workspace;
        this.index = new RunIndex(store, prefix);
        this.prefix = prefix;
    }

    /**
     * The differences, a line each; empty when all is as the manifest says.
     *
     * @throws PipelineException REQUEST_REFUSED for an unknown run, STOPPED for one that has not committed, DATA_REFUSED
     *     when its request or its manifest cannot be read
     */
    public List<String> verify(String runId) {
        RunIndex.Entry entry = index.get(runId);
        Manifest manifest = entry.manifest()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.STOPPED, "run_id: \"" + runId + "\" has not committed; the same request resumes it"));
        Run run = new Run(
                entry.request(),
                new RunLayout(store.bucket(), prefix, entry.request()),
                entry.state(),
                entry.attempts());
        Differences differences = new Differences();
        Optional<RunRecords.Sound> records = new RunRecords(store, run, manifest, differences).compare();
        try (DuckDb database = workspace.database(run)) {
            new Recount(store, workspace, run, manifest, database.connection(), differences).compare(records);
        } catch (SQLException e) {
            throw Workspace.failed("verify", e);
        } finally {
            workspace.clear(run);
        }
        return differences.lines();
    }
}
