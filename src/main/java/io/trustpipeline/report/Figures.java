package io.trustpipeline.report;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Figures as text, the same in every locale. */
final class Figures {
    static final String NONE = "–";

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String decimal(@Nullable Double number, int decimals) {
        return number == null ? NONE : String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    static String score(float score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    /** A coordinate of a picture. */
    static String place(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    static String share(long part, long whole) {
        return whole == 0 ? NONE : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** How a figure changed, in per cent of what it was. */
    static String change(@Nullable Double now, @Nullable Double before) {
        if (now == null || before == null) {
            return NONE;
        }
        if (before == 0) {
            return now == 0 ? "±0 %" : "new";
        }
        long percent = Math.round(100 * (now - before) / before);
        return percent == 0 ? "±0 %" : String.format(Locale.ROOT, "%+d %%", percent);
    }

    static String moment(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
    }
}
