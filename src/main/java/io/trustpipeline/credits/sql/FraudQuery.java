package io.trustpipeline.credits.sql;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.LocalDate;

/**
 * What a query from Looker asks, ready to be sent.
 *
 * @param sql the query with the country added, and without limit, order and totals
 * @param account whose traffic it is: {@code AC} and 32 hexadecimal digits
 * @param start the first day
 * @param end the last day, which counts
 */
public record FraudQuery(
        @JsonProperty("sql") String sql,
        @JsonProperty("account_sid") String account,
        @JsonProperty("fraud_start") LocalDate start,
        @JsonProperty("fraud_end") LocalDate end) {}
