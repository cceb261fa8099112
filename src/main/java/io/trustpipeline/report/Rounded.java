package io.trustpipeline.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Figures as people read them. */
final class Rounded {
    private Rounded() {}

    static double to(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
