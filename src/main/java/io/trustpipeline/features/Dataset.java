package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;

/** Which rows a run takes: all, or the first ones for a trial. A trial never stands where the real features do. */
public enum Dataset {
    @JsonProperty("full")
    FULL(null),
    @JsonProperty("small")
    SMALL(500),
    @JsonProperty("medium")
    MEDIUM(1_000),
    @JsonProperty("large")
    LARGE(2_000),
    @JsonProperty("sample")
    SAMPLE(200_000);

    private final @Nullable Integer limit;

    Dataset(@Nullable Integer limit) {
        this.limit = limit;
    }

    public @Nullable Integer limit() {
        return limit;
    }

    String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The attribute {@code dataset_size}, such as {@code small_500}; {@code full} has none. */
    String size() {
        return limit == null ? lower() : lower() + "_" + limit;
    }

    static Dataset ofSize(String size) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.size().equals(size))
                .findFirst()
                .orElseThrow();
    }

    String fileName() {
        return limit == null ? "features.parquet" : "features_" + lower() + ".parquet";
    }
}
