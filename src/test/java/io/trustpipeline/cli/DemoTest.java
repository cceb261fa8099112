package io.trustpipeline.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The first command of the README, and what spaCy itself says of the same comments, models, thresholds and rules. */
class DemoTest {
    @TempDir
    static Path folder;

    private static ProgramProcess.Ended demo;
    private static Path part;

    @BeforeAll
    static void run_the_demo() throws Exception {
        Path home = folder.resolve("home");
        demo = ProgramProcess.runAtFullSpeed(folder, "demo", "--home", home.toString());
        assertThat(demo.status()).as(demo.text()).isZero();
        part = DemoComparison.part(home);
    }

    @Test
    void its_spans_are_exactly_those_that_spacy_gives() throws Exception {
        try (DemoComparison comparison = comparison()) {
            comparison.requireSameSpans(10_000);
        }
    }

    @Test
    void no_score_is_farther_from_spacys_than_a_ten_thousandth() throws Exception {
        try (DemoComparison comparison = comparison()) {
            double largest = comparison.largestScoreDifference();
            System.out.println("largest score difference over the demo's spans: " + largest);
            assertThat(largest).isLessThan(1e-4);
        }
    }

    @Test
    void it_counts_the_rows_that_are_in_the_file_and_shows_ten_spans() throws Exception {
        try (DemoComparison comparison = comparison()) {
            long exported = Long.parseLong(comparison.value("SELECT count(*) FROM " + SmallData.demo()
                    + " WHERE up_id = 7168 AND cleaned_comment IS NOT NULL"));
            assertThat(demo.text()).contains("%,d comments were exported".formatted(exported));
        }
        List<String> lines = demo.lines();
        int heading = lines.indexOf("Ten of the spans, in their sentences (theme, label, score):");
        assertThat(heading).isPositive();
        assertThat(lines.subList(heading + 1, heading + 11)).allMatch(line -> line.contains("[") && line.contains("]"));
    }

    @Test
    void it_holds_its_models_to_golden_scores_of_spacy_before_the_first_row() throws Exception {
        assertThat(demo.text())
                .containsPattern("2147 scores of 4 models for 6 texts are those of spaCy 3\\.8\\.18, largest");
        String runId = part.getParent().getFileName().toString().replace("run_id=", "");
        assertThat(Invocation.manifest(folder.resolve("home"), runId)
                        .at("/certificate/status")
                        .asText())
                .isEqualTo("equal");
    }

    private static DemoComparison comparison() throws SQLException {
        return new DemoComparison("golden", part, folder.resolve("spill"));
    }
}
