package io.trustpipeline.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL with the two tables of the warehouse, so that several processes export the same comments. */
final class CommentServer implements AutoCloseable {
    /** The key of the comment that is rejected. */
    static final String TOO_LONG = "too-long";

    private final EmbeddedPostgres postgres;

    private CommentServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts with the comments of a CSV file of {@link SmallData}, less the key that stands twice (its rows would come in
     * either order), and one text more that is too long to be scored.
     */
    static CommentServer start(Path comments) throws IOException, SQLException {
        CommentServer server = new CommentServer(EmbeddedPostgres.start());
        server.execute(
                "CREATE TABLE given (comment_unique_key text, up_id bigint, posted_date date, cleaned_comment text)");
        try (Connection connection = server.postgres.getPostgresDatabase().getConnection();
                Reader csv = Files.newBufferedReader(comments)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY given FROM STDIN (FORMAT csv, HEADER)", csv);
        }
        server.execute("DELETE FROM given WHERE cleaned_comment = 'Said twice.'");
        server.execute(
                "INSERT INTO given VALUES ('" + TOO_LONG + "', 7168, DATE '2016-01-01', repeat('long ', 200001))");
        server.execute("CREATE SCHEMA legacy");
        server.execute(
                "CREATE TABLE legacy.all_cleaned_comments AS SELECT comment_unique_key, cleaned_comment FROM given");
        server.execute(
                "CREATE TABLE legacy.all_comments_fact AS SELECT comment_unique_key, posted_date, up_id FROM given");
        return server;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
