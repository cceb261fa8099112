package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Map;

/**
 * What a computation read and made.
 *
 * @param rows all rows of the input
 * @param rowsSeen those in the longest window, and in the limit
 * @param rowsWithoutCustomer of those seen, dropped because they name no customer
 * @param checks of those seen, how many each check wondered at
 * @param rowsDropped of those seen, left out because of a check
 * @param customers rows written
 * @param seconds from opening the database to the finished file
 */
public record Computed(
        @JsonProperty("rows") long rows,
        @JsonProperty("rows_seen") long rowsSeen,
        @JsonProperty("rows_without_customer") long rowsWithoutCustomer,
        @JsonProperty("rows_dropped") long rowsDropped,
        @JsonProperty("checks") Map<String, Long> checks,
        @JsonProperty("customers") long customers,
        @JsonProperty("input_bytes") long inputBytes,
        @JsonProperty("seconds") double seconds) {}
