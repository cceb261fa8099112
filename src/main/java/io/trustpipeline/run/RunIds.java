package io.trustpipeline.run;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Unique run ids that sort by the time they were made: {@code 20250926T081502-4k7q2m9x}. */
public final class RunIds {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String CROCKFORD_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int RANDOM_CHARACTERS = 8;

    private RunIds() {}

    public static String next(Clock clock, RandomGenerator random) {
        StringBuilder id = new StringBuilder(SECOND.format(clock.instant())).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(CROCKFORD_BASE32.charAt(random.nextInt(CROCKFORD_BASE32.length())));
        }
        return id.toString();
    }
}
