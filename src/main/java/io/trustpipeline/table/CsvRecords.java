package io.trustpipeline.table;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Records of RFC 4180 and the lines they begin on. DuckDB reads the data; this reads headers and finds lines. */
final class CsvRecords {
    private static final int END = -1;
    /** More than any line that {@link CsvFile} lets DuckDB read. */
    private static final int MAX_CHARACTERS = 32 << 20;

    private final Reader text;
    private int next;
    private long line = 1;
    private long recordLine = 1;
    private int characters;

    CsvRecords(Reader text) throws IOException {
        this.text = text;
        this.next = text.read();
    }

    /** The line, from 1, on which the record last returned begins. */
    long line() {
        return recordLine;
    }

    /** The fields of the next record, null at the end. An empty line is no record. */
    @Nullable
    List<String> next() throws IOException {
        while (next == '\n' || next == '\r') {
            endLine();
        }
        if (next == END) {
            return null;
        }
        recordLine = line;
        characters = 0;
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (next == ',') {
            take();
            fields.add(field());
        }
        endLine();
        return fields;
    }

    private String field() throws IOException {
        StringBuilder field = new StringBuilder();
        if (next == '"') {
            quoted(field);
        }
        while (next != ',' && next != '\n' && next != '\r' && next != END) {
            field.append((char) take());
        }
        return field.toString();
    }

    private void quoted(StringBuilder field) throws IOException {
        take();
        while (next != END) {
            int character = take();
            if (character == '\n') {
                line++;
            }
            if (character != '"') {
                field.append((char) character);
            } else if (next == '"') {
                field.append((char) take());
            } else {
                return;
            }
        }
        throw new IOException("line " + recordLine + ": a quote is opened and never closed");
    }

    private void endLine() throws IOException {
        if (next == '\r') {
            take();
        }
        if (next == '\n') {
            take();
        }
        line++;
    }

    private int take() throws IOException {
        int taken = next;
        if (++characters > MAX_CHARACTERS) {
            throw new IOException("line " + recordLine + ": more than " + MAX_CHARACTERS + " characters");
        }
        next = text.read();
        return taken;
    }
}
