package io.trustpipeline.table;

/**
 * Texts for cells of CSV that people open in a spreadsheet. One that it would take for a formula has an apostrophe before
 * it, which says that it is text (<a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>).
 */
public final class SpreadsheetText {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    private SpreadsheetText() {}

    public static String of(String value) {
        return !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }
}
