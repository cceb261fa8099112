package io.trustpipeline.credits.warehouse;

import io.trustpipeline.credits.calculate.CalculationInput;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the warehouse says of a fraud.
 *
 * @param monthlyRevenue before the fraud, in whole dollars; null for an account without any
 */
public record Evidence(CalculationInput input, @Nullable Long monthlyRevenue, List<Economics> economics) {
    public Evidence {
        economics = List.copyOf(economics);
    }
}
