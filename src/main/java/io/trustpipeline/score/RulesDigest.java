package io.trustpipeline.score;

import com.fasterxml.jackson.databind.node.TextNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * SHA-256 in hexadecimal of what changes the result of a theme besides the comment's text and the model: thresholds,
 * exclusions, the versions of post-rules and engine. A ledger that keeps it knows what must be scored again.
 */
final class RulesDigest {
    /** Raise it when the engine gives other spans or scores for the same model and text. */
    private static final int ENGINE_RESULTS = 1;

    private RulesDigest() {}

    static String of(Theme theme, ExclusionList exclusions, ScoringMode mode) {
        StringBuilder rules =
                new StringBuilder("engine ").append(ENGINE_RESULTS).append('\n');
        rules.append("mode ").append(mode).append('\n');
        if (mode == ScoringMode.RULES) {
            Thresholds thresholds = theme.thresholds();
            rules.append("post-rules ").append(PostRules.VERSION).append('\n');
            rules.append("respect model threshold ")
                    .append(theme.respectModelThreshold())
                    .append('\n');
            rules.append("threshold ").append(thresholds.others()).append('\n');
            thresholds.byLabel().forEach((label, threshold) -> {
                if (threshold != thresholds.others()) {
                    rules.append("threshold ")
                            .append(threshold)
                            .append(' ')
                            .append(TextNode.valueOf(label))
                            .append('\n');
                }
            });
            exclusions
                    .entries()
                    .forEach(entry -> rules.append("exclude ").append(entry).append('\n'));
        }
        MessageDigest digest = ModelDigest.sha256();
        digest.update(rules.toString().getBytes(StandardCharsets.UTF_8));
        return ModelDigest.hex(digest);
    }
}
