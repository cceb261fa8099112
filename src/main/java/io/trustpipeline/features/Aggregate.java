package io.trustpipeline.features;

/** What a feature makes of the rows of one customer. Nulls are left out; nothing left gives null, a count gives 0. */
public enum Aggregate {
    COUNT,
    MEAN,
    SUM,
    MIN,
    MAX;

    /** @param column a quoted column, or {@code *} for the rows themselves */
    String sql(String column) {
        return switch (this) {
            case COUNT -> "count(" + column + ")";
            case MEAN -> "avg(" + column + ")";
            case SUM -> "sum(" + column + ")";
            case MIN -> "min(" + column + ")";
            case MAX -> "max(" + column + ")";
        };
    }
}
