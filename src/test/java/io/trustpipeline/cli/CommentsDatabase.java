package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A warehouse: the comments of a CSV file in the two tables that the source query joins. */
record CommentsDatabase(EmbeddedPostgres server) implements AutoCloseable {
    private static final String TABLES = """
            CREATE SCHEMA legacy;
            CREATE TABLE legacy.all_cleaned_comments (comment_unique_key text, cleaned_comment text);
            CREATE TABLE legacy.all_comments_fact (comment_unique_key text, up_id integer, posted_date date);
            """;

    static CommentsDatabase start(Path csv) throws Exception {
        CommentsDatabase database = new CommentsDatabase(EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start());
        try (Connection connection = DriverManager.getConnection(database.url(database.port()));
                DuckDbOracle oracle = new DuckDbOracle(csv.resolveSibling("spill"))) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TABLES);
            }
            // DuckDB writes each row as the two statements that insert it.
            for (String insert : oracle.rows("SELECT 'INSERT INTO legacy.all_cleaned_comments VALUES (' || "
                    + quoted("comment_unique_key") + " || ', ' || coalesce(" + quoted("cleaned_comment")
                    + ", 'NULL') || '); INSERT INTO legacy.all_comments_fact VALUES (' || "
                    + quoted("comment_unique_key") + " || ', ' || up_id || ', ' || " + quoted("posted_date")
                    + " || ')' FROM (SELECT DISTINCT ON (comment_unique_key) * FROM read_csv(" + DuckDb.file(csv)
                    + ", all_varchar = true)) ORDER BY comment_unique_key")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(insert);
                }
            }
        }
        return database;
    }

    private static String quoted(String column) {
        return "'''' || replace(" + column + ", '''', '''''') || ''''";
    }

    int port() {
        return server.getPort();
    }

    /** The warehouse's URL through a door to it. */
    String url(int door) {
        return "jdbc:postgresql://127.0.0.1:" + door + "/postgres?user=postgres";
    }

    @Override
    public void close() throws java.io.IOException {
        server.close();
    }
}
