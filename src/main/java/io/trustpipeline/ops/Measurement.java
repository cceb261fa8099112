package io.trustpipeline.ops;

import org.jspecify.annotations.Nullable;

/**
 * One figure that a run or a service tells of itself, under the name that alarms and dashboards know it by.
 *
 * @param dimension what the figure is told apart by, such as {@code Theme}, beside the environment; or null
 * @param value of that dimension, such as {@code Gratitude}; or null
 */
public record Measurement(
        String name,
        Unit unit,
        double amount,
        @Nullable String dimension,
        @Nullable String value) {

    /** CloudWatch's names of units. */
    public enum Unit {
        COUNT("Count"),
        COUNT_PER_SECOND("Count/Second"),
        SECONDS("Seconds"),
        BYTES("Bytes");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    public static Measurement of(String name, Unit unit, double amount) {
        return new Measurement(name, unit, amount, null, null);
    }

    public static Measurement of(String name, Unit unit, double amount, String dimension, String value) {
        return new Measurement(name, unit, amount, dimension, value);
    }
}
