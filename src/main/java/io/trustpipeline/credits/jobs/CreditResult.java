package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.credits.calculate.Choices;
import io.trustpipeline.credits.calculate.Credit;
import io.trustpipeline.credits.calculate.ModeCredit;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.credits.warehouse.Economics;
import io.trustpipeline.credits.warehouse.Evidence;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** {@code result.json}: an amount and what it rests on. Money in dollars; numbers are numbers. */
public record CreditResult(
        @JsonProperty("execution_id") String executionId,
        @JsonProperty("timestamp") Instant timestamp,
        @JsonProperty("account_sid") String account,
        @JsonProperty("fraud_start") LocalDate start,
        @JsonProperty("fraud_end") LocalDate end,
        @JsonProperty("fraud_total") BigDecimal fraudTotal,
        @JsonProperty("credit_amount") BigDecimal amount,
        @JsonProperty("choices") Choices choices,
        @JsonProperty("original_credit_amount") BigDecimal originalAmount,
        @JsonProperty("difference") BigDecimal difference,

        @JsonProperty("mrr") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
        Long monthlyRevenue,

        @JsonProperty("output_df") List<ModeCredit> modes,
        @JsonProperty("summary") Summary summary) {

    /**
     * The account's figures.
     *
     * @param margin of revenue, three decimals; null without revenue
     */
    public record Summary(
            @JsonProperty("percent_scanned") BigDecimal scanned,
            @JsonProperty("percent_enabled") BigDecimal enabled,
            @JsonProperty("country_disabled") BigDecimal countryDisabled,
            @JsonProperty("risk_check_disabled") BigDecimal riskCheckDisabled,
            @JsonProperty("rev") BigDecimal revenue,
            @JsonProperty("cogs") BigDecimal cost,
            @JsonProperty("gross_profit") BigDecimal profit,

            @JsonProperty("gross_margin") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            BigDecimal margin) {}

    static CreditResult of(String executionId, Instant now, FraudQuery query, Evidence evidence, Credit credit) {
        return new CreditResult(
                executionId,
                now,
                query.account(),
                query.start(),
                query.end(),
                credit.fraudTotal().setScale(2, RoundingMode.HALF_UP),
                credit.amount(),
                credit.choices(),
                credit.originalAmount(),
                credit.difference(),
                evidence.monthlyRevenue(),
                credit.modes(),
                summary(credit, evidence.economics()));
    }

    private static Summary summary(Credit credit, List<Economics> economics) {
        BigDecimal revenue = cents(economics.stream().map(Economics::revenue).reduce(BigDecimal.ZERO, BigDecimal::add));
        BigDecimal cost = cents(economics.stream().map(Economics::cost).reduce(BigDecimal.ZERO, BigDecimal::add));
        BigDecimal profit = revenue.subtract(cost);
        return new Summary(
                credit.shares().scanned(),
                credit.shares().enabled(),
                credit.shares().countryDisabled(),
                credit.shares().riskCheckDisabled(),
                revenue,
                cost,
                profit,
                revenue.signum() == 0 ? null : profit.divide(revenue, 3, RoundingMode.HALF_UP));
    }

    private static BigDecimal cents(BigDecimal money) {
        return money.setScale(2, RoundingMode.HALF_UP);
    }

    @JsonIgnore
    boolean hasClampedModes() {
        return modes.stream().anyMatch(ModeCredit::clamped);
    }
}
