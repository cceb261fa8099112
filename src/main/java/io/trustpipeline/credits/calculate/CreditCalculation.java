package io.trustpipeline.credits.calculate;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

/**
 * What a customer gets back: the fraud that FraudGuard should have blocked and did not.
 *
 * <p>Each mode of FraudGuard is expected to block a share <i>e</i> of fraud, and blocked a share <i>b</i>. What the fraud
 * cost, <i>c</i>, is what came through, the share 1 - b. Had nothing been blocked, it would have cost c / (1 - b); had as
 * much been blocked as expected, c / (1 - b) · (1 - e). The credit is the difference between what it cost and what it
 * should have cost:
 *
 * <pre>credit = c - c · (1 - e) / (1 - b) = c · (e - b) / (1 - b)</pre>
 *
 * <p>Only fraud that FraudGuard looked at counts, and it is divided among the modes as their traffic is. Thirty-four
 * digits are kept on the way, and the sum alone is rounded to cents.
 */
public final class CreditCalculation {
    private static final MathContext PRECISION = MathContext.DECIMAL128;
    private static final int CENTS = 2;
    private static final int SHARES = 3;

    private final CalculationInput input;
    private final Choices choices;
    private final List<FraudEvents> events;
    private final long all;
    private final long scanned;

    private CreditCalculation(CalculationInput input, Choices choices) {
        this.input = input;
        this.choices = choices;
        this.events = switch (choices) {
            case OURS -> input.events();
            case ORIGINAL ->
                input.events().stream()
                        .filter(event -> !event.isNorthAmerican())
                        .toList();
        };
        this.all = count(event -> true);
        this.scanned = count(FraudEvents::isScanned);
    }

    /**
     * Calculates by both choices and reports the difference.
     *
     * @param choices which of the two is the amount
     * @throws PipelineException DATA_REFUSED when no event says how FraudGuard was set
     */
    public static Credit of(CalculationInput input, Choices choices) {
        CreditCalculation ours = new CreditCalculation(input, Choices.OURS);
        ours.requireEvents();
        CreditCalculation original = new CreditCalculation(input, Choices.ORIGINAL);
        CreditCalculation chosen = choices == Choices.OURS ? ours : original;
        chosen.requireEvents();
        BigDecimal originalAmount = original.scanned == 0 ? cents(ZERO) : original.amount();
        return new Credit(
                chosen.amount(),
                input.fraudTotal(),
                choices,
                originalAmount,
                ours.amount().subtract(originalAmount),
                chosen.shares(),
                chosen.modes());
    }

    private void requireEvents() {
        if (scanned == 0) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    all == 0
                            ? "no FraudGuard data: there are no events of this account in this time"
                            : "no FraudGuard data: none of " + all + " events was scanned");
        }
    }

    private BigDecimal amount() {
        BigDecimal sum = ZERO;
        for (ProtectionMode mode : ProtectionMode.values()) {
            sum = sum.add(credit(mode), PRECISION);
        }
        // Rounding up must not return more than there was.
        return switch (choices) {
            case OURS -> cents(sum).min(input.fraudTotal().setScale(CENTS, RoundingMode.DOWN));
            case ORIGINAL -> cents(sum);
        };
    }

    /** c · (e - b) / (1 - b), and nothing where that has no meaning. */
    private BigDecimal credit(ProtectionMode mode) {
        BigDecimal cost = fraudCost(mode);
        BigDecimal blocked = blockRate(mode);
        if (blocked == null || cost.signum() == 0 || blocked.compareTo(ONE) == 0) {
            return ZERO;
        }
        if (isClamped(mode)) {
            return ZERO;
        }
        return cost.multiply(mode.expectedBlockRate().subtract(blocked), PRECISION)
                .divide(ONE.subtract(blocked), PRECISION);
    }

    private boolean isClamped(ProtectionMode mode) {
        BigDecimal blocked = blockRate(mode);
        return choices == Choices.OURS
                && blocked != null
                && fraudCost(mode).signum() > 0
                && blocked.compareTo(mode.expectedBlockRate()) > 0;
    }

    /** The mode's share of the fraud that was scanned. */
    private BigDecimal fraudCost(ProtectionMode mode) {
        BigDecimal scannedFraud = input.fraudTotal().multiply(share(scanned, all), PRECISION);
        return scannedFraud.multiply(trafficShare(mode), PRECISION);
    }

    private BigDecimal trafficShare(ProtectionMode mode) {
        return share(count(event -> event.isScanned() && is(mode, event.protectionMode())), scanned);
    }

    private @Nullable BigDecimal blockRate(ProtectionMode mode) {
        return input.blocking().stream()
                .filter(row -> is(mode, row.protectionMode()) && row.count() > 0)
                .findFirst()
                .map(Blocking::blockRate)
                .orElse(null);
    }

    /** For people to see; no amount depends on it. */
    private long messages(ProtectionMode mode) {
        BigDecimal looked = BigDecimal.valueOf(
                input.blocking().stream().mapToLong(Blocking::count).sum());
        BigDecimal messages = looked.multiply(trafficShare(mode), PRECISION);
        return switch (choices) {
            case OURS -> messages.longValue();
            case ORIGINAL -> messages.multiply(share(scanned, all), PRECISION).longValue();
        };
    }

    private List<ModeCredit> modes() {
        List<ModeCredit> modes = new ArrayList<>();
        for (ProtectionMode mode : ProtectionMode.values()) {
            modes.add(new ModeCredit(
                    mode.lower(),
                    shown(trafficShare(mode)),
                    messages(mode),
                    cents(fraudCost(mode)),
                    blockRate(mode),
                    cents(credit(mode)),
                    isClamped(mode)));
        }
        return modes;
    }

    private FraudGuardShares shares() {
        return new FraudGuardShares(
                shown(share(scanned, all)),
                shown(share(count(FraudEvents::enabled), all)),
                shown(share(enabledWith(FraudEvents.COUNTRY_DISABLED), all)),
                shown(share(enabledWith(FraudEvents.RISK_CHECK_DISABLED), all)));
    }

    private long enabledWith(String reason) {
        return count(event -> event.enabled() && reason.equals(event.reason()));
    }

    private long count(Predicate<FraudEvents> which) {
        return events.stream().filter(which).mapToLong(FraudEvents::count).sum();
    }

    private static boolean is(ProtectionMode mode, @Nullable String name) {
        return name != null && ProtectionMode.of(name).filter(mode::equals).isPresent();
    }

    private static BigDecimal share(long part, long whole) {
        return whole == 0 ? ZERO : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), PRECISION);
    }

    private static BigDecimal shown(BigDecimal share) {
        return share.setScale(SHARES, RoundingMode.HALF_UP);
    }

    private static BigDecimal cents(BigDecimal money) {
        return money.setScale(CENTS, RoundingMode.HALF_UP);
    }
}
