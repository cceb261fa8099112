package io.trustpipeline.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.score.Outcome.Empty;
import io.trustpipeline.score.Outcome.Scored;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.RecordBatch;
import org.apache.parquet.example.data.Group;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The demo comments, against what spaCy itself and a Python implementation of the rules make of them. */
@Tag("slow")
class DemoGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path COMMENTS = DemoModels.FOLDER.resolveSibling("comments.parquet");

    private final Set<List<String>> ambiguous = new HashSet<>();
    private int empty;
    private int spans;
    private double largestDifference;

    @Test
    void the_spans_of_every_demo_comment_are_those_of_spacy() throws IOException {
        JsonNode meta = JSON.readTree(resource("golden-meta.json"));
        meta.get("ambiguous")
                .forEach(pair -> ambiguous.add(
                        List.of(pair.get(0).textValue(), pair.get(1).textValue())));
        Map<String, List<JsonNode>> golden = goldenSpans();

        try (ThemeModels models = DemoModels.load(ScoringMode.RULES);
                Scorer scorer = new Scorer(models, ScoringSettings.of(2));
                ParquetRows rows = ParquetRows.open(COMMENTS, 1024)) {
            Set<String> themes = models.models().stream().map(ThemeModel::name).collect(Collectors.toSet());
            for (RecordBatch batch : rows) {
                scorer.score(comments(batch, themes)).forEach(outcome -> compare(outcome, golden));
            }
        }

        assertThat(empty).isEqualTo(meta.get("empty").intValue());
        assertThat(spans).isEqualTo(meta.get("spans").intValue());
        assertThat(largestDifference).isLessThan(1e-4);
        System.out.printf("%d spans, largest score difference %.1e%n", spans, largestDifference);
    }

    private void compare(Outcome outcome, Map<String, List<JsonNode>> golden) {
        if (outcome instanceof Empty) {
            empty++;
            return;
        }
        assertThat(outcome).isInstanceOf(Scored.class);
        String key = String.valueOf(outcome.comment().key());
        List<JsonNode> expected = golden.getOrDefault(key, List.of()).stream()
                .filter(span ->
                        !ambiguous.contains(List.of(key, span.get("theme").textValue())))
                .toList();
        List<ThemeSpan> found = ((Scored) outcome)
                .spans().stream()
                        .filter(span -> !ambiguous.contains(List.of(key, span.theme())))
                        .toList();
        spans += ((Scored) outcome).spans().size();
        assertThat(found.stream().map(DemoGoldenTest::line))
                .as(key)
                .isEqualTo(expected.stream().map(DemoGoldenTest::line).toList());
        for (int i = 0; i < found.size(); i++) {
            double difference =
                    Math.abs(found.get(i).score() - expected.get(i).get("score").doubleValue());
            largestDifference = Math.max(largestDifference, difference);
        }
    }

    private static String line(ThemeSpan span) {
        return List.of(
                        span.theme(),
                        span.label(),
                        span.text(),
                        span.startChar(),
                        span.endChar(),
                        span.startToken(),
                        span.endToken(),
                        span.relevant() ? 1 : 0)
                .toString();
    }

    private static String line(JsonNode span) {
        return List.of(
                        span.get("theme").textValue(),
                        span.get("label").textValue(),
                        span.get("text").textValue(),
                        span.get("start_char").intValue(),
                        span.get("end_char").intValue(),
                        span.get("start_token").intValue(),
                        span.get("end_token").intValue(),
                        span.get("relevant").intValue())
                .toString();
    }

    private static List<Comment> comments(RecordBatch batch, Set<String> themes) {
        List<Comment> comments = new ArrayList<>();
        for (Group row : batch.rows()) {
            if (row.getLong("up_id", 0) == 7168) {
                String text = row.getFieldRepetitionCount("cleaned_comment") == 0
                        ? null
                        : row.getString("cleaned_comment", 0);
                comments.add(new Comment(
                        batch.firstRow() + comments.size(), row.getString("comment_unique_key", 0), text, row, themes));
            }
        }
        return comments;
    }

    private static Map<String, List<JsonNode>> goldenSpans() throws IOException {
        Map<String, List<JsonNode>> golden = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(resource("golden-spans.jsonl.gz")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode span = JSON.readTree(line);
                golden.computeIfAbsent(span.get("key").textValue(), key -> new ArrayList<>())
                        .add(span);
            }
        }
        return golden;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DemoGoldenTest.class.getResourceAsStream("/demo/" + name), name);
    }
}
