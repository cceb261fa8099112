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
        String shown = value.length() > 200 ? value.substring(0, 200) + "…" : value;
        return "%s = \"%s\" (%s): %s".formatted(key, shown.replaceAll("\\p{Cntrl}", "?"), origin, wanted);
    }
}
