package io.trustpipeline.chunked;

import io.trustpipeline.run.Progress;
import io.trustpipeline.run.StopSignal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Databases of generated visits on a PostgreSQL server of its own; each test works on a copy of one template. */
public final class VisitDatabase implements AutoCloseable {
    static final LocalDate RUN_DATE = LocalDate.of(2025, 9, 26);
    private static final String TEMPLATE = "visits_template";

    private final EmbeddedPostgres server;
    private int copies;

    private VisitDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** @param keys groups of visits, about sixteen rows each */
    public static VisitDatabase start(long keys) throws IOException, SQLException {
        return start(keys, 0);
    }

    /** @param ordinaryDays days of carers whose visits are in no pair, three visits each */
    static VisitDatabase start(long keys, long ordinaryDays) throws IOException, SQLException {
        VisitDatabase database = new VisitDatabase(EmbeddedPostgres.builder()
                // Its log quotes values of rows, and would end up in ours.
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("deadlock_timeout", "200ms")
                .setServerConfig("max_connections", "40")
                .start());
        database.server("CREATE DATABASE " + TEMPLATE);
        String url = database.url(TEMPLATE);
        execute(url, resource("schema.sql"));
        execute(
                url,
                "SET generated.keys = '" + keys + "'; SET generated.ordinary_days = '" + ordinaryDays
                        + "'; SET generated.run_date = '" + RUN_DATE + "';"
                        + resource("visits.sql"));
        return database;
    }

    /** The URL of a fresh copy. */
    public synchronized String copy() throws SQLException {
        String name = "visits_" + ++copies;
        server("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return url(name);
    }

    /** Removes a copy, whoever is still connected to it. */
    public static void drop(String url) throws SQLException {
        String name = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        execute(url.replace("/" + name + "?", "/postgres?"), "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name + "?user=postgres";
    }

    private void server(String sql) throws SQLException {
        execute(url("postgres"), sql);
    }

    public static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static long number(String url, String query) throws SQLException {
        return Long.parseLong(lines(url, query).get(0));
    }

    public static List<String> lines(String url, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** A digest of which transaction wrote each row last, and where it stands: it changes when any row is written. */
    static String versions(String url) throws SQLException {
        return lines(
                        url,
                        "SELECT md5(string_agg(xmin::text || ctid::text, ',' ORDER BY ctid))"
                                + " FROM conflict.conflictvisitmaps")
                .get(0);
    }

    /** A digest of everything in the table but the moments at which rows were updated and resolved. */
    public static String fingerprint(String url) throws SQLException {
        return lines(
                        url,
                        "SELECT md5(string_agg(md5((to_jsonb(m) - 'UpdatedDate' - 'ResolveDate')::text"
                                + " || (m.\"ResolveDate\" IS NULL)), '' ORDER BY m.\"ID\"))"
                                + " FROM conflict.conflictvisitmaps AS m")
                .get(0);
    }

    static Declaration conflicts() {
        return DeclarationReader.read("chunked-update.yaml", VisitDatabase::projectSql);
    }

    /** The declaration with chunks small enough for a test. */
    static Declaration conflicts(ChunkSizes sizes, Workers workers) {
        Declaration all = conflicts();
        return new Declaration(
                all.name(),
                all.digest(),
                all.table(),
                all.key(),
                all.row(),
                all.window(),
                sizes,
                workers,
                all.snapshot(),
                all.distribution(),
                all.prepare(),
                all.mark(),
                all.update(),
                all.unseen(),
                all.resolve(),
                all.checks(),
                all.succeeded(),
                all.failed());
    }

    static Database database(String url) {
        return new Database(url, Optional.empty(), Optional::empty, Duration.ofMinutes(5));
    }

    static ChunkedRun run(String url, Declaration declaration) {
        return new ChunkedRun(database(url), declaration, Progress.SILENT, new StopSignal());
    }

    static ChunkedRuns runs(String url) {
        return new ChunkedRuns(database(url), conflicts());
    }

    /** All stages of a run, as the route calls them. */
    static ChunkedReport complete(ChunkedRun run, String runId, ChunkedRequest.Mode mode) {
        ChunkedRun.Claimed claimed = run.validate(new ChunkedRequest(runId, RUN_DATE, mode, false, null));
        return run.check(run.process(run.plan(run.snapshot(claimed))));
    }

    private static String projectSql(String name) {
        try {
            return Files.readString(Path.of(System.getProperty("project.dir", "."))
                    .resolve("sql/chunked-etl")
                    .resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = VisitDatabase.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
