package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoreException;
import io.trustpipeline.table.TableException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import static io.trustpipeline.table.DuckDb.literal;

/** The data objects of a committed run, fetched and counted. For one use. */
final class Recount {
    private final ObjectStore store;
    private final Workspace workspace;
    private final Run run;
    private final Manifest manifest;
    private final Connection connection;
    private final Differences differences;
    private final Set<String> intact = new HashSet<>();

    Recount(
            ObjectStore store,
            Workspace workspace,
            Run run,
            Manifest manifest,
            Connection connection,
            Differences differences) {
        this.store = store;
        this.workspace = workspace;
        this.run = run;
        this.manifest = manifest;
        this.connection = connection;
        this.differences = differences;
    }

    /** Notes every difference; what needs an object that is gone or changed cannot be counted, and is not. */
    void compare(Optional<RunRecords.Sound> records) throws SQLException {
        List<StoredObject> ledger = List.of(manifest.ledger());
        List<StoredObject> parts = records.map(found ->
                        found.plan().shards().stream().map(Plan.Shard::part).toList())
                .orElse(List.of());
        for (List<StoredObject> objects :
                List.of(manifest.raw(), parts, manifest.scored(), manifest.rejected(), ledger)) {
            for (StoredObject object : objects) {
                fetch(object);
            }
        }
        if (holds(manifest.raw())) {
            differences.compare("rows.exported", manifest.rows().exported(), "raw/", total(manifest.raw()));
        }
        if (holds(manifest.scored())) {
            differences.compare("spans", manifest.spans(), "scored/", spans());
        }
        if (holds(manifest.scored()) && holds(ledger)) {
            spansAgainstLedger();
        }
        if (records.isPresent() && holds(parts) && holds(manifest.raw()) && holds(manifest.rejected())) {
            fromThePlan(records.get().plan(), records.get().receipts());
        }
    }

    private void fromThePlan(Plan plan, List<Receipt> receipts) throws SQLException {
        for (Plan.Shard shard : plan.shards()) {
            planAgainstRaw(shard);
        }
        new Ledger(store, workspace).expect(run, plan, receipts, connection);
        if (!plan.shards().isEmpty()) {
            dispositions(plan);
        }
        if (intact.contains(manifest.ledger().key())) {
            ledgerAgainstPlan(plan);
        }
    }

    private void fetch(StoredObject object) throws SQLException {
        try {
            Path file = workspace.local(run, store, object);
            intact.add(object.key());
            differences.compare(object.key() + ": bytes", object.bytes(), "the object", Files.size(file));
            differences.compare(object.key() + ": rows", object.rows(), "the object", total(List.of(object)));
        } catch (StoreException | PipelineException | TableException | IOException e) {
            differences.add(String.valueOf(e.getMessage()));
        }
    }

    private boolean holds(List<StoredObject> objects) {
        return objects.stream().allMatch(object -> intact.contains(object.key()));
    }

    /** Row for row the plan speaks of the comments that were exported. */
    private void planAgainstRaw(Plan.Shard shard) throws SQLException {
        differences.none(
                shard.part().key() + ": rows that are not those of "
                        + shard.raw().key(),
                count("SELECT count(*) FROM " + table(List.of(shard.part())) + " planned FULL JOIN ("
                        + DispositionTables.rawRows(workspace.local(run, store, shard.raw())) + ") raw"
                        + " ON planned.row = raw.row WHERE planned.row IS NULL OR raw.row IS NULL"
                        + " OR planned.comment_unique_key IS DISTINCT FROM raw.key"
                        + " OR planned.text_sha256 IS DISTINCT FROM raw.text_sha256"));
    }

    private void dispositions(Plan plan) throws SQLException {
        String parts = table(plan.shards().stream().map(Plan.Shard::part).toList());
        long rejected = total(manifest.rejected());
        long planned = count("SELECT count(*) FROM " + parts + " WHERE disposition = 'REJECTED'");
        RowCounts counted = new RowCounts(
                total(manifest.raw()),
                count("SELECT count(*) FROM " + parts + " WHERE disposition = 'SCORE'") - (rejected - planned),
                count("SELECT count(*) FROM " + parts + " WHERE disposition = 'ALREADY_SCORED'"),
                rejected,
                count("SELECT count(*) FROM " + parts + " WHERE disposition = 'EMPTY'"));
        differences.compare("rows", manifest.rows(), "the plan with rejected/", counted);
    }

    /** The ledger has a row for everything that was to be scored and was not rejected, and no other. */
    private void ledgerAgainstPlan(Plan plan) throws SQLException {
        String columns = "comment_unique_key, text_sha256, theme, model_digest, rules_digest, run_id,"
                + " CAST(scored_on AS VARCHAR) AS scored_on, object";
        String expected = "SELECT comment_unique_key, text_sha256, theme, model_digest, rules_digest, "
                + literal(run.request().runId()) + " AS run_id, "
                + literal(plan.patternCheckDate().toString()) + " AS scored_on, object FROM scored";
        String found = "SELECT " + columns + " FROM " + table(List.of(manifest.ledger()));
        String key = manifest.ledger().key();
        differences.none(
                key + ": rows missing", count("SELECT count(*) FROM (" + expected + " EXCEPT ALL " + found + ")"));
        differences.none(
                key + ": rows too many", count("SELECT count(*) FROM (" + found + " EXCEPT ALL " + expected + ")"));
    }

    /** Every span is of a comment, a text and a model that the ledger names. */
    private void spansAgainstLedger() throws SQLException {
        differences.none(
                run.layout().scoredPrefix() + ": spans of comments that the ledger does not name",
                count("SELECT count(*) FROM " + table(manifest.scored()) + " span ANTI JOIN "
                        + table(List.of(manifest.ledger())) + " ledger"
                        + " ON CAST(span.comment_unique_key AS VARCHAR) = ledger.comment_unique_key"
                        + " AND sha256(span.cleaned_comment) = ledger.text_sha256 AND span.theme = ledger.theme"
                        + " AND span.model_digest = ledger.model_digest AND span.run_id = ledger.run_id"));
    }

    private Map<String, Long> spans() throws SQLException {
        Map<String, Long> spans = new TreeMap<>();
        manifest.themes().forEach(theme -> spans.put(theme.name(), 0L));
        if (manifest.scored().isEmpty()) {
            return spans;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT theme, count(*) FROM " + table(manifest.scored()) + " GROUP BY theme")) {
            while (rows.next()) {
                spans.put(rows.getString(1), rows.getLong(2));
            }
        }
        return spans;
    }

    private long total(List<StoredObject> objects) throws SQLException {
        return objects.isEmpty() ? 0 : count("SELECT count(*) FROM " + table(objects));
    }

    private String table(List<StoredObject> objects) {
        List<Path> files = new ArrayList<>();
        objects.forEach(object -> files.add(workspace.local(run, store, object)));
        return Workspace.table(files);
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
