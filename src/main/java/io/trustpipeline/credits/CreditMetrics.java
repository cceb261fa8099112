package io.trustpipeline.credits;

import java.math.BigDecimal;
import java.time.Duration;

/** Is told what happens, for metrics. Implementations are safe for use by several threads, and never throw. */
public interface CreditMetrics {
    /** Messages that were looked at in a poll. */
    void polled(int messages);

    void resolvedLink();

    /** An amount that was told. */
    void credited(BigDecimal amount);

    void queried(String query, Duration took);

    /** @param kind such as {@code RESOURCES}, or the name of an exit code */
    void failed(String kind);
}
