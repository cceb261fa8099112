package io.trustpipeline.run;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Unique run ids that sort by the time they were made: {@code 20250926T081502-4k7q2m9x}. */
public final class RunIds {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String CROCKFORD_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int RANDOM_CHARACTERS = 8;

    /** What may stand in object keys and nowhere lead out of them. */
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private RunIds() {}

    /** Whether it is one. */
    public static boolean isValid(String id) {
        return VALID.matcher(id).matches();
    }

    /**
     * The id itself.
     *
     * @throws PipelineException REQUEST_REFUSED when it is none
     */
    static String require(String id) {
        if (!isValid(id)) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + id.replaceAll("\\p{Cntrl}", " ") + "\" is not 1 to 80 letters, digits, dots,"
                            + " underscores or hyphens, the first a letter or digit; give another with --run-id");
        }
        return id;
    }

    public static String next(Clock clock, RandomGenerator random) {
        StringBuilder id = new StringBuilder(SECOND.format(clock.instant())).append('-');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            id.append(CROCKFORD_BASE32.charAt(random.nextInt(CROCKFORD_BASE32.length())));
        }
        return id.toString();
    }
}
