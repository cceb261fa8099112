package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

/** A CSV file with a header line as a table of texts, written as Parquet. See {@link CsvRecords} for its rules. */
public final class CsvFile {
    private final Path file;

    public CsvFile(Path file) {
        this.file = file;
    }

    /**
     * The line, from 1, on which a row begins, for messages.
     *
     * @param row the row's number, from 1
     */
    public long lineOf(long row) {
        try (CsvRecords records = new CsvRecords(file)) {
            for (long record = 0; record <= row; record++) {
                records.next();
            }
            return records.line();
        }
    }

    void toParquet(Path parquet) {
        try (CsvRecords records = new CsvRecords(file)) {
            List<String> names = header(records);
            MessageType schema = schema(names);
            try (ParquetSink sink = ParquetSink.create(parquet, schema)) {
                for (List<@Nullable String> fields = records.next(); fields != null; fields = records.next()) {
                    if (fields.size() != names.size()) {
                        throw new TableException(
                                Kind.UNREADABLE,
                                file,
                                "line " + records.line() + ": " + fields.size() + " fields where the header has "
                                        + names.size());
                    }
                    sink.write(row(fields, schema));
                }
                sink.finish();
            }
        }
    }

    private List<String> header(CsvRecords records) {
        List<@Nullable String> names = records.next();
        if (names == null) {
            throw unsuitable("is empty; the first line must name the columns");
        }
        List<String> header = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (name == null || name.isBlank()) {
                throw unsuitable("column " + (header.size() + 1) + " has no name in the header line");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw unsuitable("column \"" + name + "\" stands twice in the header line");
            }
            header.add(name);
        }
        return header;
    }

    private static MessageType schema(List<String> names) {
        List<Type> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(Types.optional(BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named(name));
        }
        return new MessageType("schema", columns);
    }

    private static Group row(List<@Nullable String> fields, MessageType schema) {
        Group row = new SimpleGroup(schema);
        for (int column = 0; column < fields.size(); column++) {
            String field = fields.get(column);
            if (field != null) {
                row.add(column, field);
            }
        }
        return row;
    }

    private TableException unsuitable(String reason) {
        return new TableException(Kind.UNSUITABLE, file, reason);
    }
}
