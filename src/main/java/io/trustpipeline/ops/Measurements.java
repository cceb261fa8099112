package io.trustpipeline.ops;

import java.util.List;

/** Is told figures as they become known. Implementations are safe for use by several threads, and never throw. */
public interface Measurements {
    void record(List<Measurement> figures);

    /** Tells both. */
    default Measurements and(Measurements other) {
        return figures -> {
            record(figures);
            other.record(figures);
        };
    }
}
