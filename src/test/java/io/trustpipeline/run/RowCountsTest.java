package io.trustpipeline.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowCountsTest {
    @Test
    void rows_that_are_all_accounted_for_pass() {
        RowCounts counts = new RowCounts(10, 4, 3, 2, 1);
        assertThat(counts.conserved("shard 0")).isSameAs(counts);
        assertThat(counts.plus(counts)).isEqualTo(new RowCounts(20, 8, 6, 4, 2));
    }

    @Test
    void a_lost_row_and_a_doubled_row_each_break_the_law() {
        assertThatThrownBy(() -> new RowCounts(10, 4, 3, 2, 0).conserved("commit"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("commit: rows are not conserved: exported 10")
                .hasMessageContaining("= 9; nothing is published");
        assertThatThrownBy(() -> new RowCounts(10, 5, 3, 2, 1).conserved("commit"))
                .hasMessageContaining("= 11;");
    }
}
