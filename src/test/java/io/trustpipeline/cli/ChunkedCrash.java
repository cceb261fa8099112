package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.chunked.VisitDatabase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The chunked update, each subject with a copy of the database. */
record ChunkedCrash(Path folder, VisitDatabase databases, AtomicInteger subjects) implements CrashSubject.Pipeline {
    /** The places between statements and around transactions; the statements themselves are the project's SQL files. */
    private static final List<String> BETWEEN = List.of(
            "AFTER_CHUNKED_CLAIM",
            "AFTER_CHUNKED_SNAPSHOT",
            "AFTER_CHUNKED_PLAN",
            "AFTER_CHUNKED_ARCHIVE",
            "AFTER_CHUNK_CLAIM",
            "BEFORE_CHUNK_COMMIT",
            "AFTER_CHUNK_COMMIT",
            "AFTER_CHUNKED_CHECK",
            "AFTER_CHUNKED_NOTIFICATION",
            "AFTER_CHUNKED_TOLD");

    /** Executed only when a run has failed. */
    private static final String FAILED = "run-failed.sql";

    /** How the run ended and what its chunks did, without moments, owners and the number of tries. */
    private static final String LEDGER = """
            SELECT run.result || ' told ' || run.told || ' resolved ' || run.rows_resolved || ' snapshot ' || run.snapshot
                FROM chunked_ledger.run AS run
            UNION ALL
            (SELECT chunk_id || ' ' || status || ' ' || estimated_rows || ' ' || num_keys || ' ' || rows_marked || ' '
                || rows_updated || ' ' || rows_unseen FROM chunked_ledger.chunk ORDER BY chunk_id)""";

    static ChunkedCrash over(Path folder, VisitDatabase databases) {
        return new ChunkedCrash(folder, databases, new AtomicInteger());
    }

    @Override
    public String name() {
        return "chunked-etl";
    }

    @Override
    public List<String> killPoints() {
        List<String> places = new ArrayList<>(BETWEEN);
        try (Stream<Path> files = Files.list(SmallData.PROJECT.resolve("sql/chunked-etl"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql") && !name.equals(FAILED))
                    .sorted()
                    .forEach(name -> places.add("BEFORE_" + name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return places;
    }

    @Override
    public CrashSubject fresh() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home-" + subjects.incrementAndGet()));
        return new Subject(home, databases.copy());
    }

    /** Nobody waits half a minute in a test for a dead worker's lease. */
    static void letLeasesRunOut(String url) throws SQLException {
        String ledger = "to_regclass('chunked_ledger.chunk')";
        if (VisitDatabase.number(url, "SELECT CASE WHEN " + ledger + " IS NULL THEN 0 ELSE 1 END") == 1) {
            VisitDatabase.execute(
                    url, "UPDATE chunked_ledger.chunk SET lease_until = clock_timestamp() WHERE status = 'running'");
        }
    }

    /** Everything that a run leaves but what was told of attempts that failed. */
    static Object finalState(Path home, String url) throws Exception {
        Map<String, JsonNode> messages = FinalState.messages(home.resolve("outbox"));
        messages.keySet().removeIf(name -> !name.contains("-OK"));
        return List.of(
                VisitDatabase.fingerprint(url),
                VisitDatabase.number(url, "SELECT \"InProgressFlag\" FROM conflict.settings"),
                VisitDatabase.lines(url, LEDGER),
                FinalState.objectNames(home),
                messages);
    }

    private record Subject(Path home, String url) implements CrashSubject {
        @Override
        public ProgramProcess start(Map<String, String> environment) throws IOException {
            return ProgramProcess.start(home, environment, ChunkedEtlCrashTest.request(home, url));
        }

        @Override
        public void afterKill() throws SQLException {
            letLeasesRunOut(url);
        }

        @Override
        public Object finalState() throws Exception {
            return ChunkedCrash.finalState(home, url);
        }

        @Override
        public void close() throws Exception {
            Folders.delete(home);
            VisitDatabase.drop(url);
        }
    }
}
