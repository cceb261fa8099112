package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/** One line of the validation report; no figure when there is nothing to compute it from. */
public record Check(
        @JsonProperty("name") String name,
        @JsonProperty("figure") @Nullable BigDecimal figure,
        @JsonProperty("passed") boolean passed) {}
