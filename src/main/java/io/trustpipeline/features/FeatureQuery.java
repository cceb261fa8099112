package io.trustpipeline.features;

import io.trustpipeline.features.Scope.Mode;
import io.trustpipeline.table.DuckDb;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one statement that makes a line a customer of the rows: features, and what is counted beside them. The names of its
 * own columns begin with {@code #}, which no feature's does.
 *
 * @param source the files, as DuckDB's {@code read_parquet} takes them
 * @param types the type of each column that is read, in DuckDB's words
 */
record FeatureQuery(Definitions definitions, Scope scope, String source, Map<String, String> types) {
    static final String READ = "#read";
    static final String USED = "#used";

    String sql() {
        List<String> columns = new ArrayList<>();
        columns.add(customer() + " AS customer_id");
        columns.add("count(*) AS " + DuckDb.identifier(READ));
        columns.add("count(*)" + filter(kept()) + " AS " + DuckDb.identifier(USED));
        for (RowCheck check : definitions.checks()) {
            columns.add("count(*)" + filter(List.of(check.expected().outside())) + " AS "
                    + DuckDb.identifier("#" + check.name()));
        }
        definitions.features().forEach(feature -> columns.add(feature(feature)));
        return "SELECT " + String.join(",\n    ", columns) + "\nFROM (" + rows() + ")\nGROUP BY " + group();
    }

    /** The rows in scope, with the columns that are needed. */
    private String rows() {
        List<String> columns = definitions.columns().stream().map(this::finite).toList();
        String time = time();
        String window = scope.mode() == Mode.FILE
                ? ""
                : "\n    WHERE " + time + " >= " + midnight(scope.date().minusDays(definitions.days() - 1L)) + " AND "
                        + time + " < " + midnight(scope.date().plusDays(1));
        String limit = scope.limit() == null
                ? ""
                : "\n    ORDER BY " + time + " NULLS LAST, \"#file\", file_row_number LIMIT " + scope.limit();
        return "SELECT " + String.join(", ", columns) + "\n    FROM " + source + window + limit;
    }

    private String feature(Feature feature) {
        List<String> conditions = new ArrayList<>(kept());
        if (scope.mode() == Mode.DAY && feature.window().days() < definitions.days()) {
            conditions.add(time() + " >= " + midnight(feature.window().start(scope.date())));
        }
        if (feature.filter() != null) {
            conditions.add(feature.filter().inside());
        }
        String aggregate = feature.aggregate().sql(feature.column() == null ? "*" : DuckDb.identifier(feature.column()))
                + filter(conditions);
        String typed = feature.aggregate() == Aggregate.COUNT ? aggregate : "CAST(" + aggregate + " AS DOUBLE)";
        return typed + " AS " + DuckDb.identifier(feature.name());
    }

    /** Nothing where nothing is left out: then an aggregate costs what it costs alone. */
    private static String filter(List<String> conditions) {
        return conditions.isEmpty() ? "" : " FILTER (WHERE " + String.join(" AND ", conditions) + ")";
    }

    private List<String> kept() {
        List<String> dropped = definitions.checks().stream()
                .filter(RowCheck::drop)
                .map(check -> check.expected().outside())
                .toList();
        return dropped.isEmpty() ? List.of() : List.of("NOT coalesce(" + String.join(" OR ", dropped) + ", false)");
    }

    /** As a text, and null where it is empty: so there may be two lines of nobody. */
    private String customer() {
        return "nullif(CAST(" + group() + " AS VARCHAR), '')";
    }

    /** What is compared row by row. A number that a writer stored as a fraction because some are null is a whole one. */
    private String group() {
        String name = DuckDb.identifier(definitions.customer());
        return fraction(definitions.customer()) ? "CAST(" + name + " AS BIGINT)" : name;
    }

    private String time() {
        String name = DuckDb.identifier(definitions.time());
        return type(definitions.time()).endsWith("WITH TIME ZONE") ? "(" + name + " AT TIME ZONE 'UTC')" : name;
    }

    /** NaN and infinity are no measurements: like null, no aggregate sees them. */
    private String finite(String column) {
        String name = DuckDb.identifier(column);
        return fraction(column) ? "CASE WHEN isfinite(" + name + ") THEN " + name + " END AS " + name : name;
    }

    private boolean fraction(String column) {
        return type(column).equals("DOUBLE") || type(column).equals("FLOAT");
    }

    private String type(String column) {
        return types.getOrDefault(column, "");
    }

    private static String midnight(LocalDate day) {
        return "TIMESTAMP '" + day + " 00:00:00'";
    }
}
