package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import static io.trustpipeline.table.DuckDb.literal;

/**
 * What was ever scored, one Parquet object a run. The identity of a scoring is (comment_unique_key, SHA-256 of the text,
 * theme, model digest, digest of the rules); a run writes a row for each that it did.
 */
final class Ledger {
    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;
    private final FileWriter files;

    /** Makes the file of what a run scored. */
    @FunctionalInterface
    interface FileWriter {
        void write(Run run, Plan plan, List<Receipt> receipts, Path file);
    }

    Ledger(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.files = this::writeScored;
    }

    Ledger(ObjectStore store, Workspace workspace, FileWriter files) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.files = files;
    }

    /** Writes the run's ledger object, unless an earlier attempt has. */
    void write(Run run, Plan plan, List<Receipt> receipts) {
        String key = run.layout().ledger();
        if (store.exists(key)) {
            return;
        }
        Path file = workspace.fresh(run, "ledger.parquet");
        files.write(run, plan, receipts, file);
        store.putIfAbsent(key, file);
    }

    private void writeScored(Run run, Plan plan, List<Receipt> receipts, Path file) {
        try (DuckDb database = workspace.database(run)) {
            Connection connection = database.connection();
            expect(run, plan, receipts, connection);
            execute(
                    connection,
                    "COPY (SELECT comment_unique_key, text_sha256, theme, model_digest, rules_digest, "
                            + literal(run.request().runId()) + " AS run_id, DATE "
                            + literal(plan.patternCheckDate().toString())
                            + " AS scored_on, object FROM scored ORDER BY shard, row, number) TO "
                            + literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)");
        } catch (SQLException e) {
            throw Workspace.failed("ledger", e);
        }
    }

    /**
     * Makes sure that another run of the client scored nothing that this run was to score.
     *
     * @throws PipelineException DATA_REFUSED naming the other run
     */
    void requireDisjoint(Run run, Plan plan, Manifest other) {
        try (DuckDb database = workspace.database(run)) {
            Connection connection = database.connection();
            planned(run, plan, connection);
            long twice = count(
                    connection,
                    "SELECT count(*) FROM planned JOIN "
                            + Workspace.table(List.of(workspace.local(run, store, other.ledger())))
                            + " USING (comment_unique_key, text_sha256, theme, model_digest, rules_digest)");
            if (twice > 0) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        "run_id: \"" + run.request().runId() + "\" was overtaken by run \"" + other.runId()
                                + "\", which scored " + twice
                                + " of its (comment, theme) pairs; nothing of it is published: use a new run_id");
            }
        } catch (SQLException e) {
            throw Workspace.failed("ledger", e);
        }
    }

    /** How many comments of the run's client every one of these themes has been scored for, in any text they had. */
    long scored(Run run, List<Plan.Theme> themes) {
        List<Path> ledgers = new ArrayList<>();
        for (String key : objects.keys(run.layout().ledgerPrefix())) {
            ledgers.add(workspace.local(run, store, workspace.readBack(run, store, key)));
        }
        if (ledgers.isEmpty() || themes.isEmpty()) {
            return 0;
        }
        try (DuckDb database = workspace.database(run)) {
            DispositionTables.createThemes(database.connection(), themes);
            return count(
                    database.connection(),
                    "SELECT count(DISTINCT comment_unique_key) FROM (SELECT comment_unique_key, text_sha256 FROM "
                            + Workspace.table(ledgers) + " JOIN theme USING (theme, model_digest, rules_digest)"
                            + " GROUP BY ALL HAVING count(DISTINCT number) = " + themes.size() + ")");
        } catch (SQLException e) {
            throw Workspace.failed("ledger", e);
        }
    }

    /** The table {@code planned}: every (row, theme) that the plan says to score. */
    private void planned(Run run, Plan plan, Connection connection) throws SQLException {
        DispositionTables.createThemes(connection, plan.themes());
        execute(
                connection,
                "CREATE TABLE planned (shard INTEGER, row BIGINT, comment_unique_key VARCHAR, text_sha256 VARCHAR,"
                        + " number INTEGER, theme VARCHAR, model_digest VARCHAR, rules_digest VARCHAR)");
        for (Plan.Shard shard : plan.shards()) {
            Path part = workspace.local(run, store, shard.part());
            execute(
                    connection,
                    "INSERT INTO planned SELECT " + shard.number() + ", row, comment_unique_key, text_sha256, number,"
                            + " theme, model_digest, rules_digest FROM (SELECT *,"
                            + " CAST(unnest(string_split(themes, ',')) AS INTEGER) AS number FROM "
                            + Workspace.table(List.of(part))
                            + " WHERE disposition = 'SCORE') JOIN theme USING (number)");
        }
    }

    /** Makes the table {@code scored}, what the ledger is to say: {@link #planned} less the rows that were rejected. */
    void expect(Run run, Plan plan, List<Receipt> receipts, Connection connection) throws SQLException {
        planned(run, plan, connection);
        execute(connection, "CREATE TABLE rejected (shard INTEGER, row BIGINT)");
        execute(connection, "CREATE TABLE object (shard INTEGER, object VARCHAR)");
        for (Receipt receipt : receipts) {
            execute(
                    connection,
                    "INSERT INTO object VALUES (" + receipt.shard() + ", "
                            + literal(receipt.scored().key()) + ")");
            for (StoredObject rejected : receipt.rejected()) {
                execute(
                        connection,
                        "INSERT INTO rejected SELECT " + receipt.shard() + ", row FROM "
                                + Workspace.table(List.of(workspace.local(run, store, rejected))));
            }
        }
        execute(
                connection,
                "CREATE VIEW scored AS SELECT * FROM planned ANTI JOIN rejected USING (shard, row) JOIN object USING (shard)");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
