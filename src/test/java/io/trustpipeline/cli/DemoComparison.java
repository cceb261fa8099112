package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The spans of a demo, and what spaCy itself says of the same comments, models, thresholds and rules, as the tables {@code
 * ours} and {@code spacy}; without the few (comment, theme) pairs where a score lies on a boundary.
 */
final class DemoComparison implements AutoCloseable {
    private static final Path GOLDEN = SmallData.PROJECT.resolve("src/test/resources/demo");
    private static final String COLUMNS =
            "key, theme, label, text, start_char, end_char, start_token, end_token, relevant";

    private final DuckDbOracle database;

    /**
     * Reads both.
     *
     * @param golden how the oracle's files begin
     * @param part what a demo wrote
     * @param spill a folder for what does not fit into memory
     */
    DemoComparison(String golden, Path part, Path spill) throws SQLException {
        database = new DuckDbOracle(spill);
        database.execute("CREATE TABLE ambiguous AS SELECT pair[1] AS key, pair[2] AS theme FROM (SELECT"
                + " unnest(ambiguous) AS pair FROM read_json(" + DuckDb.file(GOLDEN.resolve(golden + "-meta.json"))
                + ", columns = {ambiguous: 'VARCHAR[][]'}))");
        database.execute("CREATE TABLE spacy AS SELECT *  FROM read_json("
                + DuckDb.file(GOLDEN.resolve(golden + "-spans.jsonl.gz"))
                + ", columns = {key: 'VARCHAR', theme: 'VARCHAR', label: 'VARCHAR', text: 'VARCHAR', start_char:"
                + " 'BIGINT', end_char: 'BIGINT', start_token: 'BIGINT', end_token: 'BIGINT', score: 'DOUBLE',"
                + " relevant: 'INTEGER'}) ANTI JOIN ambiguous USING (key, theme)");
        database.execute("CREATE TABLE ours AS SELECT comment_unique_key AS key, theme, label, theme_text AS text,"
                + " theme_start_char AS start_char, theme_end_char AS end_char, theme_start_token AS start_token,"
                + " theme_end_token AS end_token, score, relevant, recommend, confidence FROM read_parquet("
                + DuckDb.file(part) + ", hive_partitioning = false) AS found ANTI JOIN ambiguous ON"
                + " comment_unique_key = ambiguous.key AND ambiguous.theme = found.theme");
    }

    /** The scored object of the one run of a demo's home. */
    static Path part(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(Invocation.bucket(home))) {
            return files.filter(file ->
                            file.endsWith("part.parquet") && file.toString().contains("/scored/"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    void requireSameSpans(long atLeast) throws SQLException {
        assertThat(Long.parseLong(value("SELECT count(*) FROM spacy"))).isGreaterThan(atLeast);
        assertThat(lines("SELECT " + COLUMNS + " FROM spacy EXCEPT ALL SELECT " + COLUMNS + " FROM ours"))
                .as("found by spaCy alone")
                .isEmpty();
        assertThat(lines("SELECT " + COLUMNS + " FROM ours EXCEPT ALL SELECT " + COLUMNS + " FROM spacy"))
                .as("found by us alone")
                .isEmpty();
    }

    double largestScoreDifference() throws SQLException {
        return Double.parseDouble(value("SELECT max(abs(ours.score - spacy.score)) FROM ours JOIN spacy"
                + " USING (key, theme, label, start_token, end_token)"));
    }

    String value(String sql) throws SQLException {
        return lines(sql).get(0);
    }

    List<String> lines(String sql) throws SQLException {
        return database.rows(sql);
    }

    @Override
    public void close() {
        database.close();
    }
}
