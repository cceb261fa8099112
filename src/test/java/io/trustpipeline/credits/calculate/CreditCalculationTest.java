package io.trustpipeline.credits.calculate;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CreditCalculationTest {
    private static final List<FraudEvents> EXAMPLE = List.of(
            scanned("basic", 80_000),
            scanned("standard", 16_000),
            scanned("max", 4_000),
            new FraudEvents(true, "pass_country_level_config_request", "basic", 4_000, null),
            new FraudEvents(true, "risk_check_disabled", "basic", 2_000, null),
            new FraudEvents(false, "disabled", "basic", 14_000, null));

    private static FraudEvents scanned(String mode, long count) {
        return new FraudEvents(true, "ok", mode, count, "248");
    }

    private static Blocking blocked(String mode, long count, @Nullable String rate) {
        return new Blocking(mode, count, rate == null ? null : new BigDecimal(rate));
    }

    private static Credit ours(String total, List<FraudEvents> events, Blocking... blocking) {
        return CreditCalculation.of(
                new CalculationInput(new BigDecimal(total), events, List.of(blocking)), Choices.OURS);
    }

    private static BigDecimal amount(String total, Blocking blocking) {
        return ours(total, List.of(scanned("basic", 1_000)), blocking).amount();
    }

    @Test
    void the_worked_example_comes_out_to_the_cent() {
        Credit credit = ours(
                "12000.00",
                EXAMPLE,
                blocked("basic", 80_000, "0.350"),
                blocked("standard", 16_000, "0.438"),
                blocked("max", 4_000, "0.750"));
        assertThat(credit.amount()).isEqualTo("7253.76");
        assertThat(credit.modes())
                .extracting(ModeCredit::credit)
                .map(BigDecimal::toPlainString)
                .containsExactly("5538.46", "1315.30", "400.00");
        assertThat(credit.modes())
                .extracting(ModeCredit::fraudCost)
                .map(BigDecimal::toPlainString)
                .containsExactly("8000.00", "1600.00", "400.00");
        assertThat(credit.shares().scanned()).isEqualTo("0.833");
        assertThat(credit.shares().enabled()).isEqualTo("0.883");
        assertThat(credit.shares().countryDisabled()).isEqualTo("0.033");
        assertThat(credit.shares().riskCheckDisabled()).isEqualTo("0.017");
        assertThat(credit.difference()).isEqualByComparingTo("0");
    }

    @Test
    void the_first_notebooks_choices_count_its_messages_as_it_did() {
        Credit credit = CreditCalculation.of(
                new CalculationInput(
                        new BigDecimal("12000"),
                        EXAMPLE,
                        List.of(
                                blocked("basic", 80_000, "0.350"),
                                blocked("standard", 16_000, "0.438"),
                                blocked("max", 4_000, "0.750"))),
                Choices.ORIGINAL);
        assertThat(credit.modes()).extracting(ModeCredit::messages).containsExactly(66_666L, 13_333L, 3_333L);
        assertThat(credit.amount()).isEqualTo("7253.76");
    }

    @Test
    void the_amount_that_was_saved_comes_out_to_the_cent() {
        assertThat(amount("7526.30", blocked("basic", 500, "0.416"))).isEqualTo("4948.80");
    }

    @Test
    void a_mode_whose_blocking_is_not_known_gets_nothing() {
        assertThat(amount("100", blocked("basic", 10, null))).isEqualTo("0.00");
        assertThat(amount("100", blocked("standard", 10, "0.1"))).isEqualTo("0.00");
    }

    @Test
    void a_mode_that_nothing_came_by_gets_nothing() {
        assertThat(amount("100", blocked("basic", 0, "0.1"))).isEqualTo("0.00");
    }

    @Test
    void where_everything_was_blocked_nothing_is_given_back() {
        assertThat(amount("100", blocked("basic", 10, "1"))).isEqualTo("0.00");
        assertThat(amount("100", blocked("basic", 10, "1.000"))).isEqualTo("0.00");
    }

    @Test
    void a_mode_that_blocked_more_than_expected_takes_nothing_back_and_says_so() {
        Credit credit = ours("100", List.of(scanned("basic", 10)), blocked("basic", 10, "0.9"));
        assertThat(credit.amount()).isEqualTo("0.00");
        assertThat(credit.hasClampedModes()).isTrue();
        assertThat(credit.originalAmount()).isEqualTo("-100.00");
        assertThat(credit.difference()).isEqualTo("100.00");
        assertThat(new Approval(BigDecimal.TEN).holds(credit.amount(), credit.fraudTotal(), true))
                .containsExactly("a mode blocked more than is expected of it and counts as nothing");
    }

    @Test
    void without_events_or_without_scanned_ones_there_is_no_amount() {
        assertThatThrownBy(() -> ours("100", List.of(), blocked("basic", 10, "0.1")))
                .isInstanceOf(PipelineException.class)
                .hasMessage("no FraudGuard data: there are no events of this account in this time");
        assertThatThrownBy(() -> ours(
                        "100", List.of(new FraudEvents(false, "x", "basic", 7, null)), blocked("basic", 10, "0.1")))
                .hasMessage("no FraudGuard data: none of 7 events was scanned")
                .extracting("exitCode")
                .isEqualTo(ExitCode.DATA_REFUSED);
    }

    @Test
    void of_a_few_messages_the_share_of_the_cost_counts_not_their_whole_number() {
        Credit credit = CreditCalculation.of(
                new CalculationInput(
                        new BigDecimal("90"),
                        List.of(scanned("basic", 99), scanned("max", 1)),
                        List.of(blocked("basic", 1, "0.2"), blocked("max", 1, "0.5"))),
                Choices.ORIGINAL);
        assertThat(credit.modes().get(2).messages()).isZero();
        assertThat(credit.modes().get(2).credit()).isEqualTo("0.90");
    }

    @Test
    void the_first_notebook_left_out_north_america_and_the_difference_is_shown() {
        List<FraudEvents> events = List.of(scanned("basic", 50), new FraudEvents(true, "ok", "max", 50, "310"));
        Credit credit = ours("100", events, blocked("basic", 50, "0.4"), blocked("max", 50, "0.4"));
        assertThat(credit.amount()).as("50 · 0.4/0.6 + 50").isEqualTo("83.33");
        assertThat(credit.originalAmount()).as("100 · 0.4/0.6").isEqualTo("66.67");
        assertThat(credit.difference()).isEqualTo("16.66");
    }

    @Test
    void amounts_above_the_limit_are_held() {
        Approval approval = new Approval(new BigDecimal("100"));
        assertThat(approval.holds(new BigDecimal("100.00"), new BigDecimal("200"), false))
                .isEmpty();
        assertThat(approval.holds(new BigDecimal("100.01"), new BigDecimal("200"), false))
                .hasSize(1);
        assertThat(approval.holds(new BigDecimal("50"), new BigDecimal("40"), false))
                .hasSize(1);
        assertThat(approval.holds(new BigDecimal("-1"), new BigDecimal("40"), false))
                .hasSize(1);
    }

    @Property(tries = 500)
    void an_amount_is_between_nothing_and_what_the_fraud_cost(@ForAll("inputs") CalculationInput input) {
        Credit credit = CreditCalculation.of(input, Choices.OURS);
        assertThat(credit.amount())
                .isBetween(BigDecimal.ZERO, input.fraudTotal().max(BigDecimal.ZERO));
    }

    @Property(tries = 500)
    void who_blocks_more_gives_back_less(@ForAll("inputs") CalculationInput input, @ForAll("rates") BigDecimal more) {
        List<Blocking> raised = new ArrayList<>(input.blocking());
        Blocking first = raised.get(0);
        BigDecimal before = first.blockRate();
        raised.set(0, new Blocking(first.protectionMode(), first.count(), before.max(more)));
        CalculationInput after = new CalculationInput(input.fraudTotal(), input.events(), raised);
        assertThat(CreditCalculation.of(after, Choices.OURS).amount())
                .isLessThanOrEqualTo(CreditCalculation.of(input, Choices.OURS).amount());
    }

    /** The closed form against unit cost, implied cost, expected and actual, in doubles and in the notebook's order. */
    @Property(tries = 500)
    void the_amount_is_what_the_notebooks_steps_come_to(
            @ForAll("inputs") CalculationInput input, @ForAll Choices choices) {
        assertThat(CreditCalculation.of(input, choices).amount().doubleValue())
                .isCloseTo(NotebookSteps.amount(input, choices), Offset.offset(0.011));
    }

    @Property(tries = 200)
    void the_difference_is_shown_whichever_choices_decide(@ForAll("inputs") CalculationInput input) {
        Credit ours = CreditCalculation.of(input, Choices.OURS);
        Credit original = CreditCalculation.of(input, Choices.ORIGINAL);
        assertThat(ours.originalAmount()).isEqualTo(original.amount());
        assertThat(ours.difference())
                .isEqualTo(original.difference())
                .isEqualTo(ours.amount().subtract(original.amount()));
    }

    @Provide
    Arbitrary<BigDecimal> rates() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.ONE)
                .ofScale(3);
    }

    @Provide
    Arbitrary<BigDecimal> money() {
        return Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("1000000"))
                .ofScale(4);
    }

    @Provide
    Arbitrary<CalculationInput> inputs() {
        Arbitrary<String> modes = Arbitraries.of("basic", "standard", "max", "MAX", "unknown");
        Arbitrary<String> reasons = Arbitraries.of("ok", "risk_check_disabled", "pass_country_level_config_request");
        Arbitrary<FraudEvents> events = Combinators.combine(
                        Arbitraries.of(true, false),
                        reasons,
                        modes,
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.of("248", "310", "302", "234"))
                .as(FraudEvents::new);
        Arbitrary<List<Blocking>> blocking = rates().list().ofSize(3).map(rates -> Stream.of(0, 1, 2)
                .map(i -> new Blocking(ProtectionMode.values()[i].lower(), 10, rates.get(i)))
                .toList());
        return Combinators.combine(money(), events.list().ofMaxSize(8), blocking)
                .as((total, list, rates) -> {
                    List<FraudEvents> all = new ArrayList<>(list);
                    all.add(scanned("basic", 1));
                    return new CalculationInput(total, all, rates);
                });
    }
}
