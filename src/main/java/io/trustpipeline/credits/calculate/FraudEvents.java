package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * So many events with the same settings.
 *
 * @param enabled whether FraudGuard was on
 * @param reason of FraudGuard's decision; null when none was recorded
 * @param protectionMode null when none was recorded
 * @param mobileCountryCode null where events were not counted by country
 */
public record FraudEvents(
        @JsonProperty(value = "fraud_guard_enabled", required = true)
        boolean enabled,

        @JsonProperty("reason") @Nullable String reason,
        @JsonProperty("protection_mode") @Nullable String protectionMode,
        @JsonProperty(value = "count", required = true) long count,
        @JsonProperty("mcc") @Nullable String mobileCountryCode) {
    static final String COUNTRY_DISABLED = "pass_country_level_config_request";
    static final String RISK_CHECK_DISABLED = "risk_check_disabled";

    /** The United States and Canada, whose events the first notebook did not count. */
    private static final Set<String> NORTH_AMERICA = Set.of("302", "310", "311", "312", "313");

    public FraudEvents {
        if (count < 0) {
            throw new IllegalArgumentException("count: " + count + "; right is 0 or more");
        }
    }

    /** Whether FraudGuard looked at them. */
    @JsonIgnore
    boolean isScanned() {
        return enabled && !COUNTRY_DISABLED.equals(reason) && !RISK_CHECK_DISABLED.equals(reason);
    }

    @JsonIgnore
    boolean isNorthAmerican() {
        return mobileCountryCode != null && NORTH_AMERICA.contains(mobileCountryCode);
    }
}
