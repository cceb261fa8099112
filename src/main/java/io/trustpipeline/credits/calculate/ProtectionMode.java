package io.trustpipeline.credits.calculate;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How strictly FraudGuard blocks, and which share of fraud it is expected to block. */
public enum ProtectionMode {
    BASIC("0.80"),
    STANDARD("0.90"),
    MAX("1.00");

    private final BigDecimal expectedBlockRate;

    ProtectionMode(String expectedBlockRate) {
        this.expectedBlockRate = new BigDecimal(expectedBlockRate);
    }

    public BigDecimal expectedBlockRate() {
        return expectedBlockRate;
    }

    /** The name in the data. */
    public String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for a mode that nothing is expected of. */
    static Optional<ProtectionMode> of(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().equalsIgnoreCase(name.strip()))
                .findFirst();
    }
}
