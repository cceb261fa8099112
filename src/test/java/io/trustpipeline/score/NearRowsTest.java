package io.trustpipeline.score;

import io.trustpipeline.run.Plan;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import io.trustpipeline.table.ParquetSink;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class NearRowsTest {
    private static final MessageType INPUT =
            MessageTypeParser.parseMessageType("message comments { required binary comment_unique_key (STRING); }");
    private static final Plan.Theme KINDNESS = new Plan.Theme("Kindness", "model", "rules", Map.of("*", 0.5f), null);

    @TempDir
    Path folder;

    @Test
    void a_few_are_all_written_each_before_the_scored_row_that_it_stands_before() throws SQLException {
        List<Outcome> outcomes = List.of(
                scored(span(0.5f), span(0.6f)),
                scored(span(0.9f)),
                scored(new float[] {0.45f, 0.41f}, new int[] {0, 1}, span(0.7f)));
        assertThat(write(10, outcomes)).containsExactly(Map.entry("Kindness", 0.8f));
        assertThat(rows("SELECT before_scored_row, score")).containsExactly("3 | 0.45", "4 | 0.41");
    }

    @Test
    void of_too_many_those_nearest_the_threshold_are_all_there_and_the_file_stays_small() throws SQLException {
        Random random = new Random(1);
        List<Outcome> outcomes = new ArrayList<>();
        List<Float> scores = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            float score = 0.4f + 0.1f * random.nextFloat();
            if (score < 0.5f) {
                scores.add(score);
                outcomes.add(scored(new float[] {score}, new int[] {0}));
            }
        }
        float from = write(100, outcomes).get("Kindness");
        assertThat(from).isBetween(0.9f, 1f);
        assertThat(Long.parseLong(rows("SELECT count(*)").get(0))).isLessThan(5 * 1_401 + 1);
        long nearest = scores.stream().filter(score -> score >= from * 0.5f).count();
        assertThat(rows("SELECT count(*) FILTER (score >= CAST('" + from * 0.5f + "' AS FLOAT))"))
                .containsExactly(Long.toString(nearest));
    }

    private Map<String, Float> write(long shardRows, List<Outcome> outcomes) {
        ScoredRows output = new ScoredRows(Path.of("in.parquet"), INPUT, LocalDate.of(2026, 2, 3), "run-7")
                .with(Path.of("in.parquet"), NearRows.COLUMN);
        try (ParquetSink sink = ParquetSink.create(folder.resolve("near.parquet"), output.schema())) {
            NearRows rows = new NearRows(output, sink, List.of(KINDNESS), shardRows, Map.of());
            rows.write(outcomes);
            sink.finish();
            return rows.from();
        }
    }

    private List<String> rows(String select) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(select + " FROM read_parquet(" + DuckDb.file(folder.resolve("near.parquet")) + ")");
        }
    }

    private static ThemeSpan span(float score) {
        return new ThemeSpan("Kindness", "POS", "so kind", 0, 7, 0, 2, score, true, "model");
    }

    private static Outcome scored(ThemeSpan... spans) {
        return scored(new float[0], new int[0], spans);
    }

    private static Outcome scored(float[] near, int[] before, ThemeSpan... spans) {
        Group source = new SimpleGroup(INPUT);
        source.add("comment_unique_key", "k");
        List<NearMiss> misses = new ArrayList<>();
        for (int i = 0; i < near.length; i++) {
            misses.add(new NearMiss(span(near[i]), before[i]));
        }
        return new Outcome.Scored(new Comment(0, "k", "so kind", source, Set.of()), List.of(spans), misses);
    }
}
