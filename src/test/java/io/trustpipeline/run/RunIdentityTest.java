package io.trustpipeline.run;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunIdentityTest {
    private static final RunRequest FIRST =
            new RunRequest(LocalDate.of(2025, 9, 26), "manual-001", "user@example.com", 7168);

    @Test
    void the_same_fields_or_fewer_ask_for_the_same_run() {
        assertThat(new RequestFields(FIRST.runDate(), FIRST.runId(), FIRST.email(), FIRST.upId()).sameAs(FIRST))
                .isEqualTo(FIRST);
        assertThat(new RequestFields(null, "manual-001", null, null).sameAs(FIRST))
                .isEqualTo(FIRST);
    }

    @Test
    void a_used_id_with_other_fields_is_refused_naming_each() {
        assertThatThrownBy(() -> new RequestFields(LocalDate.of(2025, 9, 27), "manual-001", null, 9L).sameAs(FIRST))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("run_date was 2025-09-26, now 2025-09-27")
                .hasMessageContaining("up_id was 7168, now 9");
    }

    @Test
    void ids_sort_by_the_time_they_were_made_and_do_not_repeat() {
        Random random = new Random(7);
        Clock early = Clock.fixed(Instant.parse("2025-09-26T08:00:00Z"), ZoneOffset.UTC);
        Clock late = Clock.fixed(Instant.parse("2025-09-26T08:00:01Z"), ZoneOffset.UTC);
        assertThat(RunIds.next(early, random)).isLessThan(RunIds.next(late, random));
        TreeSet<String> many = new TreeSet<>();
        for (int i = 0; i < 10_000; i++) {
            many.add(RunIds.next(early, random));
        }
        assertThat(many).hasSize(10_000);
    }

    @Test
    void a_run_writes_only_below_its_pipelines_prefix() {
        RunLayout layout = new RunLayout("data", "trust_scoring/", FIRST);
        assertThat(layout.rawPrefix()).isEqualTo("trust_scoring/raw/run_date=2025-09-26/run_id=manual-001/");
        assertThat(layout.scoredPrefix() + RunLayout.part(0, 1))
                .isEqualTo("trust_scoring/scored/run_id=manual-001/part.parquet");
        assertThat(RunLayout.part(3, 12)).isEqualTo("part-00003.parquet");
        assertThat(layout.ledger()).isEqualTo("trust_scoring/ledger/up_id=7168/manual-001.parquet");
        assertThat(layout.manifestKey()).isEqualTo("trust_scoring/runs/manual-001/manifest.json");
    }
}
