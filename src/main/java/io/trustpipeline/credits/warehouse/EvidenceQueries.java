package io.trustpipeline.credits.warehouse;

import io.trustpipeline.credits.calculate.Blocking;
import io.trustpipeline.credits.calculate.CalculationInput;
import io.trustpipeline.credits.calculate.FraudEvents;
import io.trustpipeline.credits.sql.FraudQuery;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** The queries of a credit; those that do not need each other's answers run at the same time. Thread-safe. */
public final class EvidenceQueries {
    private static final String COUNTRY = "iso_country_code";
    private static final String MONEY = "counters_by_billable_item.total_sum";
    private static final int RATE_DECIMALS = 3;

    private final QueryEngine engine;
    private final UnaryOperator<String> files;
    private final Duration fraudDeadline;
    private final Duration deadline;

    /**
     * @param files the text of one of our queries by its path, such as {@code sql/credits/settings.sql}
     * @param fraudDeadline of the query from Looker, which takes longest
     * @param deadline of each other one
     */
    public EvidenceQueries(QueryEngine engine, UnaryOperator<String> files, Duration fraudDeadline, Duration deadline) {
        this.engine = engine;
        this.files = files;
        this.fraudDeadline = fraudDeadline;
        this.deadline = deadline;
    }

    /** @throws PipelineException UNAVAILABLE when another time may help, DATA_REFUSED when it will not */
    public Evidence collect(FraudQuery fraud) {
        Map<String, Object> given = Map.of("account", fraud.account(), "start", fraud.start(), "end", fraud.end());
        CompletableFuture<@Nullable Long> revenue = engine.beside(() -> monthlyRevenue(given));
        List<Row> costs = engine.rows(new WarehouseQuery("fraud", fraud.sql(), List.of(), fraudDeadline));
        Map<String, Object> values = new HashMap<>(given);
        values.put("mccs", codes(costs));
        CompletableFuture<List<Row>> settings = engine.beside(() -> rows("settings", values));
        CompletableFuture<List<Row>> blocking = engine.beside(() -> rows("blocking", values));
        CompletableFuture<List<Row>> economics = engine.beside(() -> rows("economics", values));
        try {
            return new Evidence(
                    new CalculationInput(
                            costs.stream().map(row -> row.amount(MONEY)).reduce(BigDecimal.ZERO, BigDecimal::add),
                            joined(settings).stream()
                                    .map(EvidenceQueries::events)
                                    .toList(),
                            joined(blocking).stream()
                                    .map(EvidenceQueries::blocked)
                                    .toList()),
                    joined(revenue),
                    joined(economics).stream().map(EvidenceQueries::economics).toList());
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, "the warehouse's figures make no sense: " + wrong.getMessage(), wrong);
        }
    }

    private List<String> codes(List<Row> costs) {
        List<String> countries = costs.stream()
                .map(row -> row.text(COUNTRY))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .toList();
        List<String> codes = countries.isEmpty()
                ? List.of()
                : rows("countries", Map.of("countries", countries)).stream()
                        .map(row -> Objects.requireNonNull(row.text("mcc")))
                        .toList();
        if (codes.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, "no FraudGuard data: the link's query finds no traffic in a known country");
        }
        return codes;
    }

    /** Of the account that pays: the parent if there is one. */
    private @Nullable Long monthlyRevenue(Map<String, Object> values) {
        Map<String, Object> payer = new HashMap<>(values);
        rows("parent", values).stream()
                .map(row -> row.text("parent_account_sid"))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(parent -> payer.put("account", parent));
        return rows("revenue", payer).stream()
                .map(row -> row.number("mrr"))
                .filter(Objects::nonNull)
                .map(BigDecimal::longValue)
                .findFirst()
                .orElse(null);
    }

    private List<Row> rows(String name, Map<String, ?> values) {
        return engine.rows(new NamedSql(name, files.apply("sql/credits/" + name + ".sql")).with(values, deadline));
    }

    private static FraudEvents events(Row row) {
        return new FraudEvents(
                row.flag("fraud_guard_enabled"),
                row.text("reason"),
                row.text("protection_mode"),
                row.amount("events").longValueExact(),
                row.text("mcc"));
    }

    private static Economics economics(Row row) {
        return new Economics(
                Objects.requireNonNullElse(row.text("provider"), ""), row.amount("revenue"), row.amount("cost"));
    }

    private static Blocking blocked(Row row) {
        BigDecimal count = row.amount("events");
        return new Blocking(
                Objects.requireNonNullElse(row.text("protection_mode"), ""),
                count.longValueExact(),
                count.signum() == 0 ? null : row.amount("blocked").divide(count, RATE_DECIMALS, RoundingMode.HALF_UP));
    }

    private static <T extends @Nullable Object> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof PipelineException known) {
                throw known;
            }
            throw failed;
        }
    }
}
