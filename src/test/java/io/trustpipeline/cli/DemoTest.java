package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The first command of the README, and what spaCy itself says of the same comments, models, thresholds and rules. */
class DemoTest {
    private static final Path GOLDEN = SmallData.PROJECT.resolve("src/test/resources/demo");

    @TempDir
    static Path folder;

    private static ProgramProcess.Ended demo;
    private static Path part;

    @BeforeAll
    static void run_the_demo() throws Exception {
        Path home = folder.resolve("home");
        demo = ProgramProcess.runAtFullSpeed(folder, "demo", "--home", home.toString());
        assertThat(demo.status()).as(demo.text()).isZero();
        try (Stream<Path> files = java.nio.file.Files.walk(Invocation.bucket(home))) {
            part = files.filter(file ->
                            file.endsWith("part.parquet") && file.toString().contains("/scored/"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void its_spans_are_exactly_those_that_spacy_gives() throws Exception {
        String columns = "key, theme, label, text, start_char, end_char, start_token, end_token, relevant";
        try (Comparison comparison = new Comparison()) {
            assertThat(comparison.count("spacy")).isGreaterThan(10_000);
            assertThat(comparison.lines(
                            "SELECT " + columns + " FROM spacy EXCEPT ALL SELECT " + columns + " FROM ours"))
                    .as("found by spaCy alone")
                    .isEmpty();
            assertThat(comparison.lines(
                            "SELECT " + columns + " FROM ours EXCEPT ALL SELECT " + columns + " FROM spacy"))
                    .as("found by us alone")
                    .isEmpty();
        }
    }

    @Test
    void no_score_is_farther_from_spacys_than_a_ten_thousandth() throws Exception {
        try (Comparison comparison = new Comparison()) {
            double largest = Double.parseDouble(comparison
                    .lines("SELECT max(abs(ours.score - spacy.score)) FROM ours JOIN spacy"
                            + " USING (key, theme, label, start_token, end_token)")
                    .get(0));
            System.out.println("largest score difference over the demo's spans: " + largest);
            assertThat(largest).isLessThan(1e-4);
        }
    }

    @Test
    void it_counts_the_rows_that_are_in_the_file_and_shows_ten_spans() throws Exception {
        try (Comparison comparison = new Comparison()) {
            long exported = Long.parseLong(comparison
                    .lines("SELECT count(*) FROM " + SmallData.demo()
                            + " WHERE up_id = 7168 AND cleaned_comment IS NOT NULL")
                    .get(0));
            assertThat(demo.text()).contains("%,d comments were exported".formatted(exported));
        }
        List<String> lines = demo.lines();
        int heading = lines.indexOf("Ten of the spans, in their sentences (theme, label, score):");
        assertThat(heading).isPositive();
        assertThat(lines.subList(heading + 1, heading + 11)).allMatch(line -> line.contains("[") && line.contains("]"));
    }

    /** Both results as tables, without the few (comment, theme) pairs where a score lies on a boundary. */
    private static final class Comparison implements AutoCloseable {
        private final DuckDbOracle database = new DuckDbOracle(folder.resolve("spill"));

        Comparison() throws SQLException {
            database.execute("CREATE TABLE ambiguous AS SELECT pair[1] AS key, pair[2] AS theme FROM (SELECT"
                    + " unnest(ambiguous) AS pair FROM read_json(" + DuckDb.file(GOLDEN.resolve("golden-meta.json"))
                    + "))");
            database.execute("CREATE TABLE spacy AS SELECT *  FROM read_json("
                    + DuckDb.file(GOLDEN.resolve("golden-spans.jsonl.gz"))
                    + ", columns = {key: 'VARCHAR', theme: 'VARCHAR', label: 'VARCHAR', text: 'VARCHAR', start_char:"
                    + " 'BIGINT', end_char: 'BIGINT', start_token: 'BIGINT', end_token: 'BIGINT', score: 'DOUBLE',"
                    + " relevant: 'INTEGER'}) ANTI JOIN ambiguous USING (key, theme)");
            database.execute("CREATE TABLE ours AS SELECT comment_unique_key AS key, theme, label, theme_text AS text,"
                    + " theme_start_char AS start_char, theme_end_char AS end_char, theme_start_token AS start_token,"
                    + " theme_end_token AS end_token, score, relevant FROM read_parquet(" + DuckDb.file(part)
                    + ", hive_partitioning = false) AS found ANTI JOIN ambiguous ON comment_unique_key = ambiguous.key"
                    + " AND ambiguous.theme = found.theme");
        }

        long count(String table) throws SQLException {
            return Long.parseLong(lines("SELECT count(*) FROM " + table).get(0));
        }

        List<String> lines(String sql) throws SQLException {
            return database.rows(sql);
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
