package io.trustpipeline.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DuckDB's messages as one line without the data that they quote: the texts in our tables are confidential. */
public final class DuckDbMessage {
    private static final Pattern CSV_REASON = Pattern.compile("Expected Number of Columns: \\d+ Found: \\d+"
            + "|Value with unterminated quote found|Maximum line size of \\d+ bytes exceeded"
            + "|Invalid unicode \\(byte sequence mismatch\\)");
    private static final Pattern QUOTED_VALUE = Pattern.compile("'.*'|\".*\"|\\{.*}");

    private DuckDbMessage() {}

    /** What went wrong, in DuckDB's words. */
    public static String of(SQLException failure) {
        String message = String.valueOf(failure.getMessage()).strip();
        String first = message.lines().findFirst().orElse(message).strip();
        if (first.contains("CSV Error on Line")) {
            List<String> parts = new ArrayList<>(List.of(first));
            Matcher reason = CSV_REASON.matcher(message);
            if (reason.find()) {
                parts.add(reason.group());
            }
            return String.join(": ", parts);
        }
        boolean namesAValue = first.startsWith("Conversion Error") || first.startsWith("Invalid Input Error");
        return namesAValue ? QUOTED_VALUE.matcher(first).replaceAll("…") : first;
    }
}
