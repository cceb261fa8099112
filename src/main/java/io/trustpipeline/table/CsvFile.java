package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A CSV file (RFC 4180: header, commas, double quotes; UTF-8; may be gzipped) as a table of texts. Nothing about it is
 * guessed: guessing takes the first text with a comma for a header, and renames columns that stand twice.
 *
 * <p>A field without quotes and without characters is NULL; {@code ""} is an empty text.
 */
public record CsvFile(Path file, List<String> columns) {
    /** The longest line DuckDB takes; it keeps a few buffers of twice that. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    public CsvFile {
        columns = List.copyOf(columns);
    }

    /**
     * Reads the header.
     *
     * @throws TableException when there is none, or a column has no name or the name of another
     */
    public static CsvFile open(Path file) {
        List<String> columns;
        try (Reader text = new BufferedReader(TextFile.reader(file))) {
            columns = new CsvRecords(text).next();
        } catch (IOException e) {
            throw new TableException(Kind.UNREADABLE, file, TableException.reason(e), e);
        }
        if (columns == null) {
            throw new TableException(Kind.UNSUITABLE, file, "is empty; the first line must name the columns");
        }
        Set<String> seen = new HashSet<>();
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column);
            if (name.isBlank()) {
                throw new TableException(
                        Kind.UNSUITABLE, file, "column " + (column + 1) + " has no name in the header line");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new TableException(
                        Kind.UNSUITABLE, file, "column \"" + name + "\" stands twice in the header line");
            }
        }
        return new CsvFile(file, columns);
    }

    /** The file's rows as DuckDB's table function, all columns text, in the order of the file. */
    public String scan() {
        String types = columns.stream()
                .map(name -> DuckDb.literal(name) + ": 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + DuckDb.file(file) + ", columns = " + types
                + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
                + ", allow_quoted_nulls = false, hive_partitioning = false"
                + ", max_line_size = " + MAX_LINE_BYTES + ", buffer_size = " + 2 * MAX_LINE_BYTES + ")";
    }
}
