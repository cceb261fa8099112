package io.trustpipeline.score;

import io.trustpipeline.score.Outcome.Rejected;
import io.trustpipeline.score.Outcome.Scored;
import io.trustpipeline.table.ParquetSink;
import io.trustpipeline.table.TableException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What another program reads in the files that we write. */
class ScoredRowsTest {
    private static final MessageType INPUT = MessageTypeParser.parseMessageType("""
            message comments {
              optional binary comment_unique_key (STRING);
              optional int32 posted_date (DATE);
              optional binary cleaned_comment (STRING);
              optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
            }""");
    private static final LocalDate DAY = LocalDate.of(2026, 2, 3);
    private static final List<String> COLUMNS = List.of(
            "comment_unique_key VARCHAR",
            "posted_date DATE",
            "cleaned_comment VARCHAR",
            "tags VARCHAR[]",
            "theme VARCHAR",
            "theme_text VARCHAR",
            "theme_start_char BIGINT",
            "theme_end_char BIGINT",
            "theme_start_token BIGINT",
            "theme_end_token BIGINT",
            "score FLOAT",
            "relevant INTEGER",
            "pattern_check_date VARCHAR",
            "recommend VARCHAR",
            "confidence DOUBLE",
            "label VARCHAR",
            "model_digest VARCHAR",
            "run_id VARCHAR");

    @TempDir
    Path folder;

    @Test
    void a_span_becomes_a_row_with_all_columns_of_its_comment() throws SQLException {
        Group source = new SimpleGroup(INPUT);
        source.add("comment_unique_key", "k1");
        source.add("posted_date", 20_000);
        source.add("cleaned_comment", "so kind 👍");
        source.addGroup("tags").addGroup("list").add("element", "ward");
        ThemeSpan first = new ThemeSpan("Kindness", "POS", "so kind", 0, 7, 0, 2, 0.75f, true, "abc");
        ThemeSpan second = new ThemeSpan("Respect", "NEG", "👍", 8, 9, 2, 3, 0.1f, false, "def");

        write(new Scored(new Comment(0, "k1", "so kind 👍", source, Set.of()), List.of(first, second), List.of()));

        assertThat(query("describe select * from file", 2)).isEqualTo(COLUMNS);
        assertThat(query("select * from file", 18))
                .containsExactly(
                        "k1 2024-10-04 so kind 👍 [ward] Kindness so kind 0 7 0 2 0.75 1 2026-02-03 null null POS abc run-7",
                        "k1 2024-10-04 so kind 👍 [ward] Respect 👍 8 9 2 3 0.1 0 2026-02-03 null null NEG def run-7");
    }

    @Test
    void a_comment_without_a_value_keeps_its_nulls_and_one_without_a_span_gives_no_row() throws SQLException {
        Comment comment = new Comment(0, "k1", "x", new SimpleGroup(INPUT), Set.of());

        write(new Scored(comment, List.of(), List.of()));
        assertThat(query("describe select * from file", 2)).isEqualTo(COLUMNS);
        assertThat(query("select * from file", 18)).isEmpty();

        write(new Scored(comment, List.of(new ThemeSpan("A", "L", "", 0, 0, 0, 1, 1, true, "d")), List.of()));
        assertThat(query("select comment_unique_key, posted_date, cleaned_comment, tags, theme_text from file", 5))
                .containsExactly("null null null null ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"theme", "Score", "RUN_ID", "label"})
    void an_input_with_a_column_of_ours_is_refused_by_name(String name) {
        MessageType input = MessageTypeParser.parseMessageType("message m { optional double %s; }".formatted(name));

        assertThatThrownBy(() -> new ScoredRows(Path.of("in.parquet"), input, DAY, "run-7"))
                .isInstanceOf(TableException.class)
                .hasMessageStartingWith("in.parquet: column \"" + name + "\"");
    }

    @Test
    void a_rejected_comment_is_a_row_with_its_reason() throws SQLException {
        Group source = new SimpleGroup(INPUT);
        try (ParquetSink sink = ParquetSink.create(folder.resolve("out.parquet"), RejectedRows.SCHEMA)) {
            sink.write(RejectedRows.row(new Rejected(new Comment(3, null, "x", source, Set.of()), "check", "no key")));
            sink.write(RejectedRows.row(new Rejected(new Comment(9, "k9", "x", source, Set.of()), "score", "broken")));
            sink.finish();
        }

        assertThat(query("describe select * from file", 2))
                .containsExactly("comment_unique_key VARCHAR", "row BIGINT", "stage VARCHAR", "reason VARCHAR");
        assertThat(query("select * from file", 4)).containsExactly("null 3 check no key", "k9 9 score broken");
    }

    private void write(Scored scored) {
        ScoredRows rows = new ScoredRows(Path.of("in.parquet"), INPUT, DAY, "run-7");
        try (ParquetSink sink = ParquetSink.create(folder.resolve("out.parquet"), rows.schema())) {
            rows.write(scored, sink::write);
            sink.finish();
        }
    }

    private List<String> query(String sql, int columns) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        sql.replace("file", "read_parquet('" + folder.resolve("out.parquet") + "')"))) {
            List<String> lines = new ArrayList<>();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getObject(column)));
                }
                lines.add(String.join(" ", values));
            }
            return lines;
        }
    }
}
