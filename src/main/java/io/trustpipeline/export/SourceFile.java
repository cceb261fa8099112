package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.CsvFile;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.TableConverter;
import io.trustpipeline.table.TableFormat;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One file of comments and how its columns are read, whatever types they have there.
 *
 * @param file the file as the user knows it
 * @param scan the same as DuckDB's table function
 * @param types DuckDB's type of every column, by the column's name in lower case
 */
record SourceFile(Path file, String scan, Map<String, String> types) {
    static final String KEY = "comment_unique_key";
    static final String DATE = "posted_date";
    static final String UP_ID = "up_id";
    static final String TEXT = "cleaned_comment";

    private static final String INTEGER = "U?(TINYINT|SMALLINT|INTEGER)|BIGINT";
    private static final int SHOWN_CHARACTERS = 30;

    /** A check of every row: what must hold, and what to say where it does not. */
    private record Rule(String column, String condition, String wanted) {}

    /** @param converted where a CSV file goes as Parquet */
    static SourceFile open(DuckDb duckDb, Path file, Path converted, TableConverter converter) throws SQLException {
        Path parquet = converter.asParquet(file, converted);
        String scan = "read_parquet(" + DuckDb.file(parquet) + ", hive_partitioning = false)";
        Map<String, String> types = new LinkedHashMap<>();
        try (PreparedStatement statement = duckDb.connection().prepareStatement("SELECT * FROM " + scan)) {
            ResultSetMetaData columns = statement.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                types.put(columns.getColumnLabel(column).toLowerCase(Locale.ROOT), columns.getColumnTypeName(column));
            }
        }
        return new SourceFile(file, scan, types);
    }

    /** What is wrong with the file's columns, if anything. */
    Optional<String> problem() {
        List<String> missing = new ArrayList<>(List.of(KEY, UP_ID, DATE, TEXT));
        missing.removeAll(types.keySet());
        if (!missing.isEmpty()) {
            return Optional.of(
                    file + ": missing " + String.join(", ", missing) + "; it has " + String.join(", ", types.keySet()));
        }
        List<String> wrong = new ArrayList<>();
        requireType(KEY, "VARCHAR|UBIGINT|U?HUGEINT|UUID|" + INTEGER, "text or an integer", wrong);
        requireType(UP_ID, "VARCHAR|UBIGINT|DOUBLE|FLOAT|DECIMAL.*|" + INTEGER, "an integer", wrong);
        requireType(DATE, "VARCHAR|DATE|TIMESTAMP.*", "a date", wrong);
        requireType(TEXT, "VARCHAR", "text", wrong);
        return wrong.isEmpty() ? Optional.empty() : Optional.of(file + ": " + String.join("; ", wrong));
    }

    private void requireType(String column, String pattern, String wanted, List<String> wrong) {
        if (!type(column).matches(pattern)) {
            wrong.add("column " + column + " is " + type(column) + " and must be " + wanted);
        }
    }

    private String type(String column) {
        return types.getOrDefault(column, "");
    }

    boolean hasIntegerKeys() {
        return type(KEY).matches(INTEGER);
    }

    /** The file's rows with position (from 1), key as text, date, up_id and text, in the file's order. */
    String select() {
        return "SELECT row_number() OVER () AS position, CAST(" + KEY + " AS VARCHAR) AS " + KEY + ", " + date()
                + " AS " + DATE + ", CAST(" + upId() + " AS BIGINT) AS " + UP_ID + ", " + TEXT + " FROM " + scan;
    }

    private String date() {
        return switch (type(DATE)) {
            case "VARCHAR" -> "TRY_CAST(left(nullif(trim(posted_date), ''), 10) AS DATE)";
            // Not by the clock of the machine that happens to run this.
            case "TIMESTAMP WITH TIME ZONE" -> "CAST(timezone('UTC', posted_date) AS DATE)";
            default -> "CAST(posted_date AS DATE)";
        };
    }

    private String upId() {
        return type(UP_ID).equals("VARCHAR") ? "nullif(trim(up_id), '')" : UP_ID;
    }

    /** @throws PipelineException DATA_REFUSED with the first row that breaks a rule */
    void check(DuckDb duckDb) throws SQLException {
        for (Rule rule : rules()) {
            String sql = "SELECT position, value FROM (SELECT row_number() OVER () AS position, CAST(" + rule.column()
                    + " AS VARCHAR) AS value, " + rule.condition() + " AS holds FROM " + scan
                    + ") WHERE holds IS NOT TRUE ORDER BY position LIMIT 1";
            try (Statement statement = duckDb.connection().createStatement();
                    ResultSet broken = statement.executeQuery(sql)) {
                if (broken.next()) {
                    throw refused(broken.getLong(1), broken.getString(2), rule);
                }
            }
        }
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule(KEY, KEY + " IS NOT NULL AND CAST(" + KEY + " AS VARCHAR) <> ''", "every row needs a key"));
        switch (type(UP_ID)) {
            case "VARCHAR" ->
                rules.add(new Rule(
                        UP_ID,
                        "coalesce(trim(up_id), '') = '' OR regexp_full_match(trim(up_id), '[0-9]{1,18}')",
                        "an integer of at most 18 digits"));
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" -> {}
            default ->
                rules.add(new Rule(
                        UP_ID,
                        "up_id IS NULL OR up_id = TRY_CAST(up_id AS BIGINT)",
                        "an integer of at most 18 digits"));
        }
        if (type(DATE).equals("VARCHAR")) {
            rules.add(new Rule(
                    DATE,
                    "coalesce(trim(posted_date), '') = '' OR (" + date() + " IS NOT NULL AND"
                            + " regexp_full_match(trim(posted_date), '[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?'))",
                    "a date as YYYY-MM-DD"));
        }
        return rules;
    }

    private PipelineException refused(long position, String value, Rule rule) {
        String place = TableFormat.of(file) == TableFormat.CSV
                ? "line " + new CsvFile(file).lineOf(position)
                : "row " + position;
        String shown = value == null
                ? "nothing"
                : "\"" + value.substring(0, Math.min(SHOWN_CHARACTERS, value.length())) + "\"";
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                file + ": " + place + ": column " + rule.column() + " holds " + shown.replaceAll("\\R", " ")
                        + "; wanted: " + rule.wanted());
    }
}
