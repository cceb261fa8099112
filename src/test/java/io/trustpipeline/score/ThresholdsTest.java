package io.trustpipeline.score;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ThresholdsTest {
    @Test
    void a_label_has_its_own_threshold_and_the_others_share_one() {
        Thresholds thresholds = new Thresholds(0.4f, Map.of("POS", 0.8f));

        assertThat(thresholds.accept("POS", 0.79f)).isFalse();
        assertThat(thresholds.accept("POS", 0.8f)).isTrue();
        assertThat(thresholds.accept("NEG", 0.4f)).isTrue();
        assertThat(thresholds.accept("NEG", Math.nextDown(0.4f))).isFalse();
        assertThat(thresholds.lowest()).isEqualTo(0.4f);
    }

    @Test
    void where_nothing_is_said_it_is_one_half() {
        assertThat(Thresholds.DEFAULT.accept("ANY", 0.5f)).isTrue();
        assertThat(Thresholds.DEFAULT.accept("ANY", Math.nextDown(0.5f))).isFalse();
    }

    @Test
    void no_score_passes_when_it_is_not_a_number() {
        assertThat(new Thresholds(0f, Map.of()).accept("ANY", Float.NaN)).isFalse();
    }
}
