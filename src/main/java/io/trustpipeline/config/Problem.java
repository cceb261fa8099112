package io.trustpipeline.config;

/**
 * One thing wrong with the configuration.
 *
 * @param key the setting's name
 * @param value as given, or masked
 * @param origin where the value came from, such as {@code TRUST_RUN_ZONE in the environment}
 * @param wanted what would be right
 */
public record Problem(String key, String value, String origin, String wanted) {

    @Override
    public String toString() {
        return "%s = \"%s\" (%s): %s"
                .formatted(shown(key), shown(value), origin, wanted.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}]", "?"));
    }

    /** Bounded and without control characters: names come from files too. */
    private static String shown(String text) {
        String bounded = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return bounded.replaceAll("[\\p{Cc}\\x{2028}\\x{2029}]", "?");
    }
}
