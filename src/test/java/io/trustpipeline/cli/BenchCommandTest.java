package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTest {

    @TempDir
    Path folder;

    @Test
    void one_line_of_json_counts_every_comment_and_scores_identical_ones_once() throws Exception {
        Path comments = folder.resolve("comments.csv");
        Files.writeString(
                comments,
                "cleaned_comment\nThe nurse was kind.\nNobody called me back!\nThe nurse was kind.\n\nThe nurse was kind.\n");
        Path home = folder.resolve("home");
        Invocation run = Invocation.of(
                "bench",
                "score",
                "--models",
                SmallData.models(folder.resolve("models")).toString(),
                "--in",
                comments.toString(),
                "--home",
                home.toString(),
                "--threads",
                "2",
                "--passes",
                "1",
                "--json");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode figures = new JsonMapper().readTree(run.out());
        assertThat(figures.get("comments").asInt()).isEqualTo(4);
        assertThat(figures.get("identical_comments").asInt()).isEqualTo(2);
        assertThat(figures.get("tokens").asInt()).isEqualTo(3 * 5 + 5);
        for (String name : new String[] {
            "tokens_per_second", "comments_per_second", "cold_tokens_per_second", "peak_rss_bytes", "roof_gflops"
        }) {
            assertThat(figures.get(name).asDouble()).as(name).isPositive();
        }
        assertThat(figures.get("gflops").asDouble()).isNotNegative();
        assertThat(figures.get("lexeme_cache_hit_rate").asDouble())
                .as("words are known after the first pass")
                .isEqualTo(1);
        try (Stream<Path> left = Files.list(home.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }
}
