package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoreException;
import io.trustpipeline.table.DuckDb;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts a committed run again from its objects, and compares with what its manifest says. */
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
     * @throws PipelineException REQUEST_REFUSED for an unknown run, STOPPED for one that has not committed
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
        List<String> differences = new ArrayList<>();
        try (DuckDb database = workspace.database(run);
                Statement statement = database.connection().createStatement()) {
            new Recount(run, manifest, statement, differences).compare();
        } catch (SQLException e) {
            throw Workspace.failed("verify", e);
        } finally {
            workspace.clear(run);
        }
        return differences;
    }

    /** One verification under way. */
    private final class Recount {
        private final Run run;
        private final Manifest manifest;
        private final Statement statement;
        private final List<String> differences;

        Recount(Run run, Manifest manifest, Statement statement, List<String> differences) {
            this.run = run;
            this.manifest = manifest;
            this.statement = statement;
            this.differences = differences;
        }

        void compare() throws SQLException {
            List<StoredObject> all = Stream.of(
                            manifest.raw(), manifest.scored(), manifest.rejected(), List.of(manifest.ledger()))
                    .flatMap(List::stream)
                    .toList();
            if (!all.stream().map(this::intact).reduce(true, Boolean::logicalAnd)) {
                return;
            }
            for (StoredObject object : all) {
                differ(object.key() + ": rows", object.rows(), count("SELECT count(*) FROM " + table(List.of(object))));
            }
            RowCounts rows = manifest.rows();
            differ("rows.exported", rows.exported(), count("SELECT count(*) FROM " + table(manifest.raw())));
            differ("rows.rejected", rows.rejected(), total(manifest.rejected()));
            String ledger = table(List.of(manifest.ledger()));
            differ(
                    "rows.scored",
                    rows.scored(),
                    count("SELECT count(*) FROM (SELECT DISTINCT comment_unique_key FROM " + ledger + ")"));
            differ(
                    "conservation law, rows.exported",
                    rows.exported(),
                    rows.scored() + rows.alreadyScored() + rows.rejected() + rows.empty());
            differ("spans", manifest.spans(), spans());
            differ(
                    "spans of comments that the ledger does not name",
                    0,
                    count("SELECT count(*) FROM " + table(manifest.scored()) + " span ANTI JOIN " + ledger
                            + " ledger ON CAST(span.comment_unique_key AS VARCHAR) = ledger.comment_unique_key"
                            + " AND span.theme = ledger.theme"));
        }

        private boolean intact(StoredObject object) {
            try {
                workspace.local(run, store, object);
                return true;
            } catch (StoreException | PipelineException e) {
                differences.add(String.valueOf(e.getMessage()));
                return false;
            }
        }

        private Map<String, Long> spans() throws SQLException {
            Map<String, Long> spans = new TreeMap<>();
            manifest.themes().forEach(theme -> spans.put(theme.name(), 0L));
            try (ResultSet rows = statement.executeQuery(
                    "SELECT theme, count(*) FROM " + table(manifest.scored()) + " GROUP BY theme")) {
                while (rows.next()) {
                    spans.put(rows.getString(1), rows.getLong(2));
                }
            }
            return spans;
        }

        private String table(List<StoredObject> objects) {
            return Workspace.table(objects.stream()
                    .map(object -> workspace.local(run, store, object))
                    .toList());
        }

        private long total(List<StoredObject> objects) throws SQLException {
            return objects.isEmpty() ? 0 : count("SELECT count(*) FROM " + table(objects));
        }

        private long count(String sql) throws SQLException {
            try (ResultSet rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
            }
        }

        private void differ(String what, Object said, Object found) {
            if (!said.toString().equals(found.toString())) {
                differences.add(what + ": the manifest says " + said + ", the objects say " + found);
            }
        }
    }
}
