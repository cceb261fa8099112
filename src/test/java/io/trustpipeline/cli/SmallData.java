package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A little of the demo's comments and two very small models, for tests that start the program many times. */
final class SmallData {
    static final Path PROJECT = Path.of(System.getProperty("project.dir", ".")).toAbsolutePath();

    private SmallData() {}

    /** 300 comments of client 7168, among them empty ones, and one key that stands twice. */
    static Path comments(Path csv) throws SQLException {
        return comments(csv, 300);
    }

    /** So many comments of client 7168 and one key that stands twice. */
    static Path comments(Path csv, int count) throws SQLException {
        write(
                csv,
                "SELECT comment_unique_key, up_id, posted_date, cleaned_comment FROM " + demo()
                        + " WHERE up_id = 7168 AND cleaned_comment IS NOT NULL ORDER BY comment_unique_key LIMIT "
                        + count,
                "UNION ALL SELECT (SELECT min(comment_unique_key) FROM " + demo()
                        + " WHERE up_id = 7168 AND trim(cleaned_comment) <> ''), 7168, DATE '2001-01-01', 'Said twice.'");
        return csv;
    }

    static String demo() {
        return "read_parquet(" + DuckDb.file(PROJECT.resolve("demo/comments.parquet")) + ")";
    }

    private static void write(Path csv, String comments, String more) throws SQLException {
        try (DuckDb database = DuckDb.inMemory(DuckDb.Limits.standard(csv.resolveSibling("spill")))) {
            database.execute("COPY (SELECT * FROM (" + comments + ") " + more + ") TO " + DuckDb.literal(csv.toString())
                    + " (FORMAT csv, HEADER true)");
        }
    }

    /** Gives one comment of a CSV file another text, and leaves every byte of the others' texts as it is. */
    static void replace(Path csv, String key, String text) throws SQLException, IOException {
        Path edited = csv.resolveSibling("edited.csv");
        try (DuckDb database = DuckDb.inMemory(DuckDb.Limits.standard(csv.resolveSibling("spill")))) {
            database.execute("COPY (SELECT * REPLACE (CASE comment_unique_key WHEN '" + key + "' THEN "
                    + DuckDb.literal(text) + " ELSE cleaned_comment END AS cleaned_comment) FROM read_csv("
                    + DuckDb.file(csv) + ", all_varchar = true)) TO " + DuckDb.literal(edited.toString())
                    + " (FORMAT csv, HEADER true)");
        }
        Files.move(edited, csv, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A key that a run of a home has scored. */
    static String scoredKey(Path home, String runId) throws SQLException {
        Path ledger = Invocation.bucket(home).resolve("trust_scoring/ledger/up_id=7168/" + runId + ".parquet");
        try (DuckDbOracle oracle = new DuckDbOracle(home.resolve("spill"))) {
            return oracle.rows("SELECT max(comment_unique_key) FROM read_parquet(" + DuckDb.file(ledger)
                            + ", hive_partitioning = false)")
                    .get(0);
        }
    }

    /** A models folder with two themes. */
    static Path models(Path folder) throws IOException {
        Files.createDirectories(folder);
        copy("x-width-48", folder);
        copy("x-deep", folder);
        Files.writeString(folder.resolve("models.json"), """
                {"Respect": {"path": "x-width-48.tar.gz"}, "Kindness": {"path": "x-deep.tar.gz"}}
                """);
        return folder;
    }

    /** The command line of a run; options given again take the place of the usual ones. */
    static String[] arguments(Path home, Path comments, Path models, String... more) {
        List<String> given = List.of(more);
        List<String> line = new ArrayList<>(List.of("run", "trust"));
        Map.of("--home", home, "--warehouse", comments, "--models", models).forEach((name, value) -> {
            if (!given.contains(name)) {
                line.addAll(List.of(name, value.toString()));
            }
        });
        line.addAll(given);
        return line.toArray(String[]::new);
    }

    static void copy(String model, Path folder) throws IOException {
        Path name = Path.of(model + ".tar.gz");
        Files.copy(PROJECT.resolve("src/test/resources/spacy/models").resolve(name), folder.resolve(name));
    }
}
