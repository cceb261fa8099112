package io.trustpipeline.config;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The name of one setting.
 *
 * @param name such as {@code trust.warehouse.fetch-size}
 * @param fallback what holds when nobody says anything; null when the setting is optional
 * @param parser turns the text into the value
 */
record Key<T>(String name, @Nullable String fallback, Parser<T> parser, boolean secret) {
    static final String MASK = "********";

    /** Throws {@link IllegalArgumentException} whose message says what would be right. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text);
    }

    static <T> Key<T> of(String name, String fallback, Parser<T> parser) {
        return new Key<>(name, fallback, parser, false);
    }

    static <T> Key<T> optional(String name, Parser<T> parser) {
        return new Key<>(name, null, parser, false);
    }

    static Key<Secret> secret(String name) {
        return new Key<>(
                name,
                null,
                text -> {
                    throw new IllegalStateException("A secret is not parsed");
                },
                true);
    }

    /** The variable that sets it: {@code TRUST_WAREHOUSE_FETCH_SIZE}. */
    String variable() {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
