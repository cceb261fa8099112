package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a start of a run may take at most. Beyond it by the estimate, the run is refused; beyond it in fact, it stops
 * where it can resume. Every start counts anew.
 */
public record Limits(
        @JsonProperty("max_minutes") @Nullable Double minutes,
        @JsonProperty("max_cost") @Nullable Double cost) {
    public static final Limits NONE = new Limits(null, null);

    /** None, where there are none. */
    static Limits of(@Nullable Limits limits) {
        return limits == null ? NONE : limits;
    }

    /** These, and where one is silent the other's. */
    public Limits or(Limits others) {
        return new Limits(minutes != null ? minutes : others.minutes, cost != null ? cost : others.cost);
    }

    /**
     * The limits themselves.
     *
     * @throws PipelineException REQUEST_REFUSED when one is no number above zero
     */
    public Limits valid() {
        require("--max-minutes", minutes);
        require("--max-cost", cost);
        return this;
    }

    private static void require(String name, @Nullable Double limit) {
        if (limit != null && !(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED, name + ": " + limit + " is not a number above zero, such as 30");
        }
    }

    public boolean any() {
        return minutes != null || cost != null;
    }

    /** @throws PipelineException REQUEST_REFUSED, a line for each limit that the estimate exceeds */
    public void admit(Estimate estimate) {
        List<String> beyond = new ArrayList<>();
        double expected = estimate.seconds() / 60;
        if (minutes != null && expected > minutes) {
            beyond.add(String.format(
                    Locale.ROOT, "--max-minutes %s: the run would take about %.1f minutes", shown(minutes), expected));
        }
        if (cost != null && estimate.cost() > cost) {
            beyond.add(String.format(
                    Locale.ROOT, "--max-cost %s: the run would cost about %.4f", shown(cost), estimate.cost()));
        }
        if (!beyond.isEmpty()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    String.join(
                            System.lineSeparator(),
                            beyond.stream()
                                    .map(line -> line + "; `plan trust` shows why; nothing was started")
                                    .toList()));
        }
    }

    /**
     * When a start of a run has to stop.
     *
     * @param began when it started; money is counted from now
     * @param share of the money that is for this process
     */
    List<StopSignal.Limit> moments(Prices prices, Clock clock, Instant began, double share) {
        List<StopSignal.Limit> moments = new ArrayList<>();
        if (minutes != null) {
            moments.add(new StopSignal.Limit(
                    clock, began.plus(duration(minutes * 60)), "--max-minutes " + shown(minutes) + " are over"));
        }
        if (cost != null) {
            moments.add(new StopSignal.Limit(
                    clock,
                    clock.instant().plus(duration(prices.seconds(cost * share))),
                    "--max-cost " + shown(cost) + " is spent"));
        }
        return moments;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(
                (long) Math.min(seconds * 1000, Duration.ofDays(3650).toMillis()));
    }

    private static String shown(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }
}
