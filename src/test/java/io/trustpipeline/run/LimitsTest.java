package io.trustpipeline.run;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitsTest {
    private static final Prices PRICES = new Prices(1.0, 0.5, 2, 4);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = new Settable();

    private final class Settable extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    }

    @Test
    void money_is_what_the_machine_costs_while_it_runs() {
        assertThat(PRICES.cost(3600)).isEqualTo(4.0);
        assertThat(PRICES.vcpuHours(1800)).isEqualTo(1.0);
        assertThat(PRICES.seconds(2)).isEqualTo(1800);
    }

    @Test
    void a_run_stops_resumably_when_its_minutes_are_over_or_its_money_is_spent() {
        StopSignal minutes = limited(new StopSignal(), new Limits(10.0, null));
        StopSignal money = limited(new StopSignal(), new Limits(60.0, 1.0));
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(599)));
        assertThatCode(minutes::check).doesNotThrowAnyException();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(600)));
        assertThatThrownBy(minutes::check)
                .hasMessage(
                        "stopped: --max-minutes 10 are over; start the same request again to go on where it stopped")
                .isInstanceOfSatisfying(PipelineException.class, stop -> assertThat(stop.exitCode())
                        .isEqualTo(ExitCode.LIMIT_REACHED));
        assertThatCode(money::check).doesNotThrowAnyException();
        now.set(Instant.EPOCH.plus(Duration.ofSeconds(900)));
        assertThatThrownBy(money::check).hasMessageContaining("--max-cost 1 is spent");
    }

    @Test
    void a_shard_of_a_run_has_the_run_s_time_and_its_share_of_the_money() {
        Limits limits = new Limits(10.0, 1.0);
        assertThat(limits.moments(PRICES, clock, Instant.EPOCH.minusSeconds(500), 0.25))
                .extracting(StopSignal.Limit::end)
                .containsExactly(Instant.EPOCH.plusSeconds(100), Instant.EPOCH.plusSeconds(225));
    }

    private StopSignal limited(StopSignal signal, Limits limits) {
        StopSignal ofRun = signal.forOneRun();
        ofRun.limitTo(limits.moments(PRICES, clock, clock.instant(), 1));
        return ofRun;
    }

    @Test
    void a_signal_with_a_limit_still_stops_when_it_is_asked_to() {
        StopSignal signal = new StopSignal();
        StopSignal limited = limited(signal, new Limits(10.0, null));
        signal.stop();
        assertThatThrownBy(limited::check).hasMessageContaining("stopped on request");
    }

    @Test
    void an_estimate_follows_from_the_work_and_the_speeds() {
        Estimate estimate = new Estimator(PRICES)
                .estimate(new Estimator.Work(1_000, 400, 20), Optional.of(new PastRuns.Speeds(3, 500, 4, 100)), () -> {
                    throw new AssertionError("not measured when runs have shown it");
                });
        StageFigures score = estimate.stages().get(2).figures();
        assertThat(score.rows()).isEqualTo(600);
        assertThat(score.tokens()).isEqualTo(12_000);
        assertThat(score.seconds()).isEqualTo(120);
        assertThat(estimate.stages().get(0).figures().seconds()).isEqualTo(2);
        assertThat(estimate.seconds()).isEqualTo(126.02);
        assertThat(estimate.basis()).startsWith("3 earlier runs");
    }

    @Test
    void a_limit_is_compared_with_the_estimate() {
        Estimate estimate = new Estimator(PRICES).estimate(new Estimator.Work(100, 0, 30), Optional.empty(), () -> 10);
        assertThatCode(() -> new Limits(60.0, 100.0).admit(estimate)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Limits(5.0, null).admit(estimate))
                .hasMessageStartingWith("--max-minutes 5: the run would take about 5.0 minutes");
    }
}
