package io.trustpipeline.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code demo --models transformer}: a RoBERTa span categorizer and a recommend model on all comments of the demo. */
@Tag("slow")
class DemoTransformerTest {
    @TempDir
    static Path folder;

    private static Path part;

    @BeforeAll
    static void run_the_demo() throws Exception {
        Path home = folder.resolve("home");
        ProgramProcess.Ended demo =
                ProgramProcess.runAtFullSpeed(folder, "demo", "--models", "transformer", "--home", home.toString());
        assertThat(demo.status()).as(demo.text()).isZero();
        assertThat(demo.text()).contains("model 1 of 2: recommend.json").contains("model 2 of 2: theme \"Gratitude\"");
        part = DemoComparison.part(home);
    }

    private static DemoComparison comparison() throws SQLException {
        return new DemoComparison("golden-transformer", part, folder.resolve("spill"));
    }

    @Test
    void its_spans_are_exactly_those_that_spacy_transformers_gives() throws Exception {
        try (DemoComparison comparison = comparison()) {
            comparison.requireSameSpans(5_000);
            double largest = comparison.largestScoreDifference();
            System.out.println("largest score difference over the transformer demo's spans: " + largest);
            assertThat(largest).isLessThan(1e-4);
        }
    }

    @Test
    void relevant_spans_and_no_others_have_a_recommendation() throws Exception {
        try (DemoComparison comparison = comparison()) {
            assertThat(comparison.lines("SELECT DISTINCT relevant = 1 AND text <> '', recommend IS NULL, confidence IS"
                            + " NULL FROM ours ORDER BY ALL"))
                    .hasSize(2);
            assertThat(comparison.lines("SELECT DISTINCT recommend FROM ours WHERE relevant = 1 ORDER BY ALL"))
                    .containsExactly("CARE", "TALK", "TIME");
            assertThat(comparison.value("SELECT count(*) FROM ours WHERE confidence < 1 / 3.0 OR confidence > 1"))
                    .isEqualTo("0");
        }
    }
}
