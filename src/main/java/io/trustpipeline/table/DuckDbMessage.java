package io.trustpipeline.table;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** DuckDB's messages as one line without the data that they quote: the texts in our tables are confidential. */
public final class DuckDbMessage {
    private static final Pattern QUOTED_VALUE = Pattern.compile("'.*'|\".*\"|\\{.*}");

    private DuckDbMessage() {}

    /** What went wrong, in DuckDB's words. */
    public static String of(SQLException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String first = message.lines().findFirst().orElse(message).strip();
        boolean namesAValue = first.startsWith("Conversion Error") || first.startsWith("Invalid Input Error");
        return namesAValue ? QUOTED_VALUE.matcher(first).replaceAll("…") : first;
    }
}
