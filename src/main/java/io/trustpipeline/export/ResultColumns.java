package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the rest of the pipeline needs of a query's result, checked before the first row is written. */
final class ResultColumns {
    private static final String KEY = "comment_unique_key";
    private static final String TEXT = "cleaned_comment";
    private static final Set<Integer> TEXTS =
            Set.of(Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR);
    private static final Set<Integer> INTEGERS = Set.of(Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT);

    private ResultColumns() {}

    /** @throws PipelineException DATA_REFUSED that names every column that is missing, wrong or there twice */
    static void check(ResultSetMetaData result) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int column = 1; column <= result.getColumnCount(); column++) {
            String name = result.getColumnLabel(column);
            names.add(name);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                problems.add("column \"" + name + "\" stands twice");
            }
            boolean text = TEXTS.contains(result.getColumnType(column));
            boolean integer = INTEGERS.contains(result.getColumnType(column));
            if (name.equals(TEXT) && !text) {
                problems.add("column cleaned_comment is " + result.getColumnTypeName(column) + " and must be text");
            }
            if (name.equals(KEY) && !text && !integer) {
                problems.add("column comment_unique_key is " + result.getColumnTypeName(column)
                        + " and must be text or an integer");
            }
        }
        for (String needed : List.of(KEY, TEXT)) {
            if (!names.contains(needed)) {
                problems.add("column " + needed + " is missing; there are " + String.join(", ", names));
            }
        }
        if (!problems.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, "the result of the query: " + String.join("; ", problems));
        }
    }
}
