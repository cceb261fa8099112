package io.trustpipeline.ops;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/operations.md} names every metric that the program tells. */
class MetricsPageTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));
    private static final Pattern TOLD = Pattern.compile("Measurement\\.of\\(\\s*\"(\\w+)\"");

    @Test
    void every_metric_is_on_the_page() throws IOException {
        Set<String> told = new TreeSet<>();
        for (Path source : sources()) {
            Matcher metric = TOLD.matcher(Files.readString(source));
            while (metric.find()) {
                told.add(metric.group(1));
            }
        }
        assertThat(told).contains("RowsScored", "StageSeconds").hasSizeGreaterThan(8);
        String page = Files.readString(PROJECT.resolve("docs/operations.md"))
                + Files.readString(PROJECT.resolve("docs/features.md"));
        assertThat(told).allSatisfy(metric -> assertThat(page).contains("`" + metric + "`"));
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(PROJECT.resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
