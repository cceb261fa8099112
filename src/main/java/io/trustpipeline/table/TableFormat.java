package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table files we read and write, told apart by the end of their name. */
public enum TableFormat {
    PARQUET,
    /** RFC 4180 with a header line, commas and UTF-8; may be gzipped. */
    CSV,
    /** One JSON object a line, UTF-8; may be gzipped. */
    JSON_LINES;

    private List<String> endings() {
        return switch (this) {
            case PARQUET -> List.of(".parquet", ".pq");
            case CSV -> List.of(".csv", ".csv.gz");
            case JSON_LINES -> List.of(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz");
        };
    }

    /** The format that a name stands for, if any; upper and lower case count as the same. */
    public static Optional<TableFormat> find(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (TableFormat format : values()) {
            if (format.endings().stream().anyMatch(name::endsWith)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * The format that a name stands for.
     *
     * @throws TableException when there is none
     */
    public static TableFormat of(Path file) {
        return find(file)
                .orElseThrow(() -> new TableException(
                        Kind.UNSUITABLE,
                        file,
                        "unknown kind of table; the name must end in .parquet, .pq, .csv, .csv.gz, .jsonl, .jsonl.gz,"
                                + " .ndjson or .ndjson.gz"));
    }
}
