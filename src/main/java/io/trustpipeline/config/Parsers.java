package io.trustpipeline.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How texts become values. Each says what it wants when it does not get it. */
final class Parsers {
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)[?&;](password|pwd)=|//[^/@?]*:[^/@?]*@");

    private Parsers() {}

    static Key.Parser<String> text(String pattern, String wanted) {
        Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
        return text -> {
            if (!compiled.matcher(text).matches()) {
                throw new IllegalArgumentException("must be " + wanted);
            }
            return text;
        };
    }

    static String any(String text) {
        return text;
    }

    static Key.Parser<Integer> integer(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text);
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                // Said below.
            }
            throw new IllegalArgumentException("must be a whole number from " + least + " to " + most);
        };
    }

    static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    static Double amount(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 1_000_000) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw new IllegalArgumentException("must be a number from 0 to 1000000, such as 0.04048");
    }

    static Duration duration(String text) {
        try {
            Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (duration.compareTo(Duration.ZERO) > 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            // Said below.
        }
        throw new IllegalArgumentException("must be a time such as 90s, 30m or 1h30m");
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("must be a time zone such as Europe/London", unknown);
        }
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("must be a path", invalid);
        }
    }

    static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && Arrays.asList("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException notAUri) {
            // Said below.
        }
        throw new IllegalArgumentException("must be an address such as http://127.0.0.1:9000");
    }

    /** A JDBC URL or a path; passwords in it would end up in logs. */
    static String warehouse(String text) {
        if (hasPassword(text)) {
            throw new IllegalArgumentException("must not hold a password; set trust.warehouse.password");
        }
        return text;
    }

    static boolean hasPassword(String text) {
        return PASSWORD_IN_URL.matcher(text).find();
    }

    static <E extends Enum<E>> Key.Parser<E> oneOf(Class<E> type) {
        return text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")));
        };
    }
}
