package io.trustpipeline.score;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * What spaCy gives a handful of texts, by model.
 *
 * @param madeBy such as {@code spaCy 3.8.18}
 * @param byModel by the {@link ModelDigest} of a model, for each text its scores in spaCy's order
 */
record GoldenScores(String madeBy, List<String> texts, Map<String, List<List<Golden>>> byModel) {

    /**
     * One score.
     *
     * @param start first token of the candidate; 0 for a category of the whole text
     * @param end token behind the candidate; 0 for a category
     */
    record Golden(int start, int end, String label, float score) {}

    /** SHA-256 of the texts in their order, each followed by a byte 0. */
    String textsSha256() {
        MessageDigest digest = ModelDigest.sha256();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return ModelDigest.hex(digest);
    }
}
