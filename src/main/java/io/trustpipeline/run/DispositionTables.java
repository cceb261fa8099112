package io.trustpipeline.run;

import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.trustpipeline.table.DuckDb.literal;

/**
 * The tables, in a scratch DuckDB database, in which a plan is made: the rows of every raw object beside what the ledger
 * says of them. DuckDB spills to disk, so that memory does not grow with the number of comments.
 *
 * <p>Not safe for use by several threads.
 */
final class DispositionTables {
    /** What Python calls space, as RE2 writes it; a text of nothing else holds nothing to score. */
    private static final String SPACE = "[\\x09-\\x0d\\x1c-\\x20\\x85\\xa0\\x{1680}\\x{2000}-\\x{200a}"
            + "\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]";

    private final Connection connection;

    DispositionTables(Connection connection, List<Plan.Theme> themes) throws SQLException {
        this.connection = connection;
        execute("CREATE TABLE raw_row (shard INTEGER, row BIGINT, key VARCHAR, text_sha256 VARCHAR, blank BOOLEAN)");
        createThemes(connection, themes);
    }

    /** The table {@code theme}, numbered in the plan's order. */
    static void createThemes(Connection connection, List<Plan.Theme> themes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theme (number INTEGER, theme VARCHAR, model_digest VARCHAR,"
                    + " rules_digest VARCHAR)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO theme VALUES (?, ?, ?, ?)")) {
            for (int number = 0; number < themes.size(); number++) {
                Plan.Theme theme = themes.get(number);
                insert.setInt(1, number);
                insert.setString(2, theme.name());
                insert.setString(3, theme.modelDigest());
                insert.setString(4, theme.rulesDigest());
                insert.execute();
            }
        }
    }

    void addRaw(int shard, Path rawFile) throws SQLException {
        execute("INSERT INTO raw_row SELECT " + shard + ", row, key, text_sha256, blank FROM (" + rawRows(rawFile)
                + ")");
    }

    /** A query for what a plan needs to know of each row of a raw object: row, key, text_sha256, blank. */
    static String rawRows(Path rawFile) {
        return "SELECT file_row_number AS row, CAST(comment_unique_key AS VARCHAR) AS key,"
                + " sha256(cleaned_comment) AS text_sha256, coalesce(regexp_full_match(cleaned_comment, "
                + literal("(?s)" + SPACE + "*")
                + "), true) AS blank FROM read_parquet(" + DuckDb.file(rawFile)
                + ", file_row_number = true, hive_partitioning = false)";
    }

    /** Decides every row, given the ledger objects of the client's earlier runs. */
    void decide(List<Path> ledgers) throws SQLException {
        execute("CREATE TABLE ledger (key VARCHAR, text_sha256 VARCHAR, number INTEGER, run_id VARCHAR)");
        if (!ledgers.isEmpty()) {
            execute("INSERT INTO ledger SELECT comment_unique_key, text_sha256, number, min(run_id) FROM "
                    + Workspace.table(ledgers) + " JOIN theme USING (theme, model_digest, rules_digest) GROUP BY ALL");
        }
        execute("""
                CREATE TABLE disposition AS
                WITH text_row AS (
                  SELECT shard, row, row_number() OVER occurrence AS occurrence, first_value(row) OVER occurrence AS first_row,
                    first_value(shard) OVER occurrence AS first_shard
                  FROM raw_row WHERE NOT blank AND trim(key) <> ''
                  WINDOW occurrence AS (PARTITION BY key ORDER BY shard, row)
                ), done AS (
                  SELECT shard, row, list(number) AS numbers, max(ledger.run_id) AS run_id
                  FROM raw_row JOIN ledger USING (key, text_sha256) GROUP BY ALL
                ), every AS (
                  SELECT list(number ORDER BY number) AS numbers FROM theme
                ), todo AS (
                  SELECT raw_row.*, occurrence, first_row, first_shard, done.run_id,
                    list_filter(every.numbers, lambda n: NOT list_contains(coalesce(done.numbers, []), n)) AS numbers
                  FROM raw_row CROSS JOIN every
                  LEFT JOIN text_row USING (shard, row) LEFT JOIN done USING (shard, row)
                )
                SELECT shard, row, key AS comment_unique_key, text_sha256, run_id,
                  CASE
                    WHEN blank THEN 'EMPTY'
                    WHEN occurrence IS NULL OR occurrence > 1 THEN 'REJECTED'
                    WHEN len(numbers) = 0 THEN 'ALREADY_SCORED'
                    ELSE 'SCORE'
                  END AS disposition,
                  CASE WHEN NOT blank AND occurrence = 1 THEN array_to_string(numbers, ',') ELSE '' END AS themes,
                  CASE
                    WHEN blank THEN NULL
                    WHEN occurrence IS NULL THEN 'comment_unique_key is missing'
                    WHEN occurrence > 1 THEN 'comment_unique_key stands again: first in row ' || first_row || ' of raw object '
                      || first_shard
                  END AS reason
                FROM todo
                """);
    }

    /** Writes the dispositions of a shard, in the order of its rows, and returns how many there are. */
    long writePart(int shard, Path file) throws SQLException {
        execute("COPY (SELECT row, comment_unique_key, text_sha256, disposition, themes, reason FROM disposition"
                + " WHERE shard = " + shard + " ORDER BY row) TO " + literal(file.toString())
                + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)");
        return count("SELECT count(*) FROM disposition WHERE shard = " + shard);
    }

    /** For each earlier run, how many rows it had scored already; the newest first. */
    Map<String, Long> alreadyScoredIn() throws SQLException {
        Map<String, Long> runs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT run_id, count(*) FROM disposition"
                        + " WHERE disposition = 'ALREADY_SCORED' GROUP BY run_id ORDER BY run_id DESC")) {
            while (rows.next()) {
                runs.put(rows.getString(1), rows.getLong(2));
            }
        }
        return runs;
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
