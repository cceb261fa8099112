package io.trustpipeline.score;

import com.fasterxml.jackson.databind.node.TextNode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * SHA-256 in hexadecimal of what changes the result of a theme besides the comment's text and the model: thresholds,
 * exclusions, the recommend model, the versions of post-rules and engine. A ledger that keeps it knows what must be scored again.
 */
final class RulesDigest {
    /** Raise it when the engine gives other spans or scores for the same model and text. */
    private static final int ENGINE_RESULTS = 1;

    private RulesDigest() {}

    static String of(Theme theme, ScoringRules given) {
        StringBuilder rules =
                new StringBuilder("engine ").append(ENGINE_RESULTS).append('\n');
        rules.append("mode ").append(given.mode()).append('\n');
        if (given.mode() == ScoringMode.RULES) {
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
            given.exclusions()
                    .entries()
                    .forEach(entry -> rules.append("exclude ").append(entry).append('\n'));
            if (given.recommender() != null) {
                rules.append("recommend ").append(given.recommender()).append('\n');
            }
        }
        return digest(rules);
    }

    /** Of what changes a theme's rows besides model, text and thresholds. */
    static String besidesThresholds(ScoringRules given) {
        StringBuilder rules = new StringBuilder("spans, engine ")
                .append(ENGINE_RESULTS)
                .append('\n')
                .append("mode ")
                .append(given.mode())
                .append('\n')
                .append("post-rules ")
                .append(PostRules.VERSION)
                .append('\n');
        given.exclusions()
                .entries()
                .forEach(entry -> rules.append("exclude ").append(entry).append('\n'));
        if (given.recommender() != null) {
            rules.append("recommend ").append(given.recommender()).append('\n');
        }
        return digest(rules);
    }

    private static String digest(StringBuilder rules) {
        MessageDigest digest = ModelDigest.sha256();
        digest.update(rules.toString().getBytes(StandardCharsets.UTF_8));
        return ModelDigest.hex(digest);
    }
}
