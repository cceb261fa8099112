package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of one comment in one run. Nothing that it says holds any of the comment's text. */
final class RunExplanation {
    private static final int DIGITS = 12;

    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;
    private final Run run;
    private final Plan plan;
    private final Connection connection;

    RunExplanation(ObjectStore store, Workspace workspace, Run run, Plan plan, Connection connection) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.run = run;
        this.plan = plan;
        this.connection = connection;
    }

    /** A row of the comment, as it was planned. */
    private record Row(long number, String textSha256, String disposition, String themes, String reason) {
        boolean wants(int theme) {
            return List.of(themes.split(",")).contains(Integer.toString(theme));
        }
    }

    /** A line for every fact; none when the run did not have the comment. */
    List<String> facts(String key) throws SQLException {
        List<String> facts = new ArrayList<>();
        for (Plan.Shard shard : plan.shards()) {
            for (Row row : rows(key, shard)) {
                String where = "row " + row.number() + " of " + shard.raw().key() + ": ";
                switch (row.disposition()) {
                    case "EMPTY" -> facts.add(where + "empty, nothing to score");
                    case "REJECTED" -> facts.add(where + "rejected, at plan: " + row.reason());
                    case "ALREADY_SCORED" -> earlier(key, row).forEach(fact -> facts.add(where + fact));
                    default -> scored(key, shard, row).forEach(fact -> facts.add(where + fact));
                }
            }
        }
        return facts;
    }

    private List<Row> rows(String key, Plan.Shard shard) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT row, coalesce(text_sha256, ''), disposition,"
                + " themes, coalesce(reason, '') FROM " + table(shard.part()) + " WHERE comment_unique_key = ?"
                + " ORDER BY row")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Row(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5)));
                }
            }
        }
        return found;
    }

    private List<String> scored(String key, Plan.Shard shard, Row row) throws SQLException {
        Optional<Receipt> receipt = objects.read(run.layout().receipt(shard.number()), Receipt.class);
        if (receipt.isEmpty()) {
            return List.of("to be scored; the run has not come that far, the same request resumes it");
        }
        for (StoredObject rejected : receipt.get().rejected()) {
            Optional<String> reason = rejection(rejected, row.number());
            if (reason.isPresent()) {
                return List.of("rejected, " + reason.get());
            }
        }
        List<String> facts = new ArrayList<>();
        Map<String, Long> spans = spans(receipt.get().scored(), key);
        for (int number = 0; number < plan.themes().size(); number++) {
            Plan.Theme theme = plan.themes().get(number);
            if (row.wants(number)) {
                facts.add(fact("scored", theme.name(), plan.patternCheckDate().toString(), theme.modelDigest())
                        + " with rules " + start(theme.rulesDigest()) + ", text " + start(row.textSha256()) + ", "
                        + spans.getOrDefault(theme.name(), 0L) + " spans in "
                        + receipt.get().scored().key());
            }
        }
        facts.addAll(earlier(key, row));
        return facts;
    }

    /** What the ledger objects that the plan took into account say of the themes that the row was not scored for. */
    private List<String> earlier(String key, Row row) throws SQLException {
        List<String> facts = new ArrayList<>();
        for (String ledger : plan.ledgers()) {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT theme, model_digest, rules_digest, run_id, CAST(scored_on AS VARCHAR), object FROM "
                            + ledger(ledger) + " WHERE comment_unique_key = ? AND text_sha256 = ? ORDER BY theme")) {
                query.setString(1, key);
                query.setString(2, row.textSha256());
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        Plan.Theme theme = new Plan.Theme(rows.getString(1), rows.getString(2), rows.getString(3));
                        int number = plan.themesAsInLedger().indexOf(theme);
                        if (number >= 0 && !row.wants(number)) {
                            facts.add(fact("already scored", theme.name(), rows.getString(5), theme.modelDigest())
                                    + " in run " + rows.getString(4) + ", spans in " + rows.getString(6));
                        }
                    }
                }
            }
        }
        return facts;
    }

    private static String fact(String what, String theme, String day, String modelDigest) {
        return what + " for " + theme + " on " + day + " by model " + start(modelDigest);
    }

    private static String start(String digest) {
        return digest.substring(0, Math.min(DIGITS, digest.length()));
    }

    private Map<String, Long> spans(StoredObject scored, String key) throws SQLException {
        Map<String, Long> spans = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT theme, count(*) FROM " + table(scored)
                + " WHERE CAST(comment_unique_key AS VARCHAR) = ? GROUP BY theme")) {
            query.setString(1, key);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    spans.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return spans;
    }

    private Optional<String> rejection(StoredObject rejected, long row) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT stage, reason FROM " + table(rejected) + " WHERE row = ?")) {
            query.setLong(1, row);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of("at " + rows.getString(1) + ": " + rows.getString(2))
                        : Optional.empty();
            }
        }
    }

    private String table(StoredObject object) {
        return Workspace.table(List.of(workspace.local(run, store, object)));
    }

    /** A ledger object by its key alone: its run's manifest has its digest, and {@code verify} compares them. */
    private String ledger(String key) {
        return Workspace.table(List.of(workspace.local(run, store, workspace.readBack(run, store, key))));
    }
}
