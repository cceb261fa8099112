package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What the comparison of the models' scores with golden scores of spaCy gave, before the first row of a run. It stands in
 * the manifest; a run whose scores differ has none.
 *
 * @param status {@link #EQUAL} or {@link #NO_CERTIFICATE}
 * @param madeBy what made the golden scores, such as {@code spaCy 3.8.18}
 * @param textsSha256 of the texts, as the certificate file defines it
 * @param scores how many were compared
 * @param largestDifference between a golden score and ours
 * @param models those that were compared, by name
 * @param withoutGolden models that have no golden scores
 */
public record ParityCertificate(
        @JsonProperty("status") String status,
        @JsonProperty("made_by") @Nullable String madeBy,
        @JsonProperty("texts") @Nullable Integer texts,
        @JsonProperty("texts_sha256") @Nullable String textsSha256,
        @JsonProperty("scores") @Nullable Long scores,
        @JsonProperty("largest_difference") @Nullable Double largestDifference,
        @JsonProperty("models") @Nullable List<String> models,
        @JsonProperty("without_golden") @Nullable List<String> withoutGolden) {

    public static final String EQUAL = "equal";
    public static final String NO_CERTIFICATE = "no certificate";

    /** Of models that nobody has certified. */
    public static final ParityCertificate NONE =
            new ParityCertificate(NO_CERTIFICATE, null, null, null, null, null, null, null);
}
