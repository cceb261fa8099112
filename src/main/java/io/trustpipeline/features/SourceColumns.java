package io.trustpipeline.features;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.TableException;
import io.trustpipeline.table.TableException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The input as DuckDB sees it: columns by name whatever their order, every needed one in every file.
 *
 * @param source {@code read_parquet} of all files
 * @param types the type of each needed column, by the name that the definitions use
 * @param rows of all files, by their footers
 */
record SourceColumns(String source, Map<String, String> types, long rows, long bytes) {

    /** @param placed whether rows carry their file and their number in it */
    static SourceColumns of(Statement statement, List<Path> files, Definitions definitions, boolean placed)
            throws SQLException {
        String list = files.stream().map(DuckDb::file).collect(Collectors.joining(", ", "[", "]"));
        boolean several = files.size() > 1;
        String source = "read_parquet(" + list + (several ? ", union_by_name = true" : "")
                + ", hive_partitioning = false" + (placed ? ", filename = '#file', file_row_number = true)" : ")");
        if (several) {
            requireColumns(statement, list, definitions);
        }
        Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (columns.next()) {
                found.put(columns.getString(1), columns.getString(2));
            }
        }
        if (!several) {
            requireColumns(files.get(0), definitions, found.keySet());
        }
        Map<String, String> types = new HashMap<>();
        definitions.columns().forEach(column -> types.put(column, found.getOrDefault(column, "")));
        String time = types.getOrDefault(definitions.time(), "");
        if (!time.startsWith("TIMESTAMP") && !time.equals("DATE")) {
            throw new TableException(
                    Kind.UNSUITABLE,
                    files.get(0),
                    "column " + definitions.time() + " is " + time + "; right is a timestamp");
        }
        return new SourceColumns(source, types, rows(statement, list), bytes(files));
    }

    private static void requireColumns(Statement statement, String list, Definitions definitions) throws SQLException {
        Map<String, Set<String>> names = new TreeMap<>();
        try (ResultSet columns = statement.executeQuery("SELECT file_name, name FROM parquet_schema(" + list + ")")) {
            while (columns.next()) {
                names.computeIfAbsent(columns.getString(1), file -> new HashSet<>())
                        .add(columns.getString(2).toLowerCase(Locale.ROOT));
            }
        }
        names.forEach((file, present) -> requireColumns(Path.of(file), definitions, present));
    }

    /** @param present names of columns, in which case does not matter */
    private static void requireColumns(Path file, Definitions definitions, Set<String> present) {
        List<String> missing = new ArrayList<>(definitions.columns());
        missing.removeIf(column -> present.contains(column.toLowerCase(Locale.ROOT)));
        if (!missing.isEmpty()) {
            throw new TableException(
                    Kind.UNSUITABLE,
                    file,
                    "has no column " + String.join(", ", missing) + ", which the definitions of " + definitions.name()
                            + " need");
        }
    }

    private static long rows(Statement statement, String list) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT sum(num_rows) FROM parquet_file_metadata(" + list + ")")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static long bytes(List<Path> files) {
        long bytes = 0;
        for (Path file : files) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new TableException(Kind.UNREADABLE, file, "cannot be read: " + e.getMessage(), e);
            }
        }
        return bytes;
    }
}
