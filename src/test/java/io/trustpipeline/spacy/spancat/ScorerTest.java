package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.nn.Logistic;
import io.trustpipeline.spacy.nn.Softmax;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ScorerTest {

    @Property(tries = 2000)
    void no_output_that_reaches_the_threshold_is_left_out(
            @ForAll @FloatRange(min = 0, max = 1) float threshold,
            @ForAll @FloatRange(min = -25, max = 25) float output) {
        if (Logistic.of(output) >= threshold) {
            assertThat(output).isGreaterThanOrEqualTo(new Logistic().leastOutput(threshold));
        }
    }

    @Test
    void thresholds_at_the_ends_of_the_scale_leave_out_what_they_must() {
        Logistic logistic = new Logistic();
        assertThat(logistic.leastOutput(0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(logistic.leastOutput(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(logistic.leastOutput(Logistic.of(-30))).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Logistic.of(17)).isEqualTo(1f);
        assertThat(logistic.leastOutput(1)).isLessThan(16.6f);
        assertThat(logistic.leastOutput(0.5f)).isBetween(-0.01f, 0f);
    }

    @Test
    void softmax_shares_one_between_the_outputs_and_heeds_the_temperature() {
        float[] scores = {1, 3, 1000};
        new Softmax(true, 2).apply(scores);
        assertThat(scores).containsExactly(0f, 0f, 1f);
        float[] mild = {1, 3};
        new Softmax(true, 2).apply(mild);
        assertThat(mild[1]).isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-6f));
        float[] raw = {1, 3};
        new Softmax(false, 2).apply(raw);
        assertThat(raw).containsExactly(1f, 3f);
    }
}
