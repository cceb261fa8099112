package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreCommandTest {
    @TempDir
    Path folder;

    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        comments = SmallData.comments(folder.resolve("comments.csv"));
        models = SmallData.models(folder.resolve("models"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "jsonl", "parquet"})
    void every_kind_of_file_gives_the_same_spans(String ending) throws Exception {
        Path in = folder.resolve("in." + ending);
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            oracle.execute("COPY (SELECT * FROM read_csv(" + DuckDb.file(comments) + ", all_varchar = true)) TO "
                    + DuckDb.literal(in.toString())
                    + (ending.equals("jsonl") ? " (FORMAT json)" : " (FORMAT " + ending + ")"));
        }
        Path out = folder.resolve("out." + ending);
        Path reference = folder.resolve("reference.parquet");
        assertThat(score(in, out).status()).isZero();
        assertThat(score(comments, reference).status()).isZero();
        String columns = "comment_unique_key, theme, label, theme_start_char::INT, theme_end_char::INT, score::FLOAT";
        String table = ending.equals("parquet")
                ? "read_parquet(" + DuckDb.file(out) + ")"
                : ending.equals("csv")
                        ? "read_csv(" + DuckDb.file(out) + ", all_varchar = true)"
                        : "read_json(" + DuckDb.file(out) + ")";
        String expected = "SELECT " + columns + " FROM read_parquet(" + DuckDb.file(reference) + ") ORDER BY ALL";
        assertThat(query("SELECT " + columns + " FROM " + table + " ORDER BY ALL"))
                .isNotEmpty()
                .isEqualTo(query(expected));
    }

    @Test
    void raw_spans_are_a_cut_of_all_candidates_at_the_models_own_threshold() throws Exception {
        Path raw = folder.resolve("raw.parquet");
        Path all = folder.resolve("all.parquet");
        assertThat(score(comments, raw, "--raw").status()).isZero();
        assertThat(score(comments, all, "--all-candidates").status()).isZero();
        String columns = "comment_unique_key, cleaned_comment, theme, label, theme_start_token, theme_end_token, score";
        List<String> found = query("SELECT " + columns + " FROM read_parquet(" + DuckDb.file(raw) + ") ORDER BY ALL");
        assertThat(found).isNotEmpty();
        assertThat(query("SELECT " + columns + " FROM read_parquet(" + DuckDb.file(all)
                        + ") WHERE score >= 0.5 ORDER BY ALL"))
                .isEqualTo(found);
        assertThat(query("SELECT count(*) FROM read_parquet(" + DuckDb.file(all) + ") WHERE score < 0.5"))
                .isNotEqualTo(List.of("0"));
    }

    @Test
    void it_needs_no_key_and_leaves_nothing_but_the_file_asked_for() throws Exception {
        Path in = folder.resolve("in.jsonl");
        Files.writeString(in, "{\"cleaned_comment\": \"The nurse was very kind.\"}\n{\"cleaned_comment\": null}\n");
        Path out = folder.resolve("out/spans.parquet");
        Files.createDirectories(out.getParent());
        Invocation scored = score(in, out, "--all-candidates");
        assertThat(scored.status()).as(scored.err()).isZero();
        assertThat(scored.out()).contains("2 rows: scored 1, rejected 0, empty 1;");
        try (var files = Files.list(out.getParent())) {
            assertThat(files).containsExactly(out);
        }
    }

    private Invocation score(Path in, Path out, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "score",
                "--models",
                models.toString(),
                "--in",
                in.toString(),
                "--out",
                out.toString(),
                "--home",
                folder.resolve("home").toString()));
        line.addAll(List.of(more));
        return Invocation.of(line.toArray(String[]::new));
    }

    private List<String> query(String sql) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(sql);
        }
    }
}
