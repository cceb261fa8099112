package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV file by RFC 4180, and no guessing: commas, double quotes, any line end, UTF-8. A field without
 * quotes and characters is null, {@code ""} is an empty text. Empty lines are skipped.
 */
public final class CsvRecords implements Closeable {
    private static final int END = -1;
    /** More than a record of any sense; without a limit one forgotten quote would fill the heap. */
    private static final int MAX_CHARACTERS = 64 << 20;

    private final Path file;
    private final Reader text;
    private int next;
    private long line = 1;
    private long recordLine = 1;
    private int characters;

    /** @throws TableException when the file cannot be read */
    public CsvRecords(Path file) {
        this.file = file;
        try {
            this.text = new BufferedReader(TextFile.reader(file), 1 << 16);
        } catch (IOException e) {
            throw unreadable(e);
        }
        advance();
    }

    /** The line, from 1, on which the record last returned begins. */
    public long line() {
        return recordLine;
    }

    /** The fields of the next record, null at the end. */
    public @Nullable List<@Nullable String> next() {
        while (next == '\n' || next == '\r') {
            endLine();
        }
        if (next == END) {
            return null;
        }
        recordLine = line;
        characters = 0;
        List<@Nullable String> fields = new ArrayList<>();
        fields.add(field());
        while (next == ',') {
            advance();
            fields.add(field());
        }
        endLine();
        return fields;
    }

    private @Nullable String field() {
        if (next == '"') {
            return quoted();
        }
        StringBuilder field = new StringBuilder();
        while (!atFieldEnd()) {
            if (next == '"') {
                throw refused("a quote inside a field without quotes");
            }
            append(field);
        }
        return field.isEmpty() ? null : field.toString();
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        advance();
        while (next != END) {
            if (next != '"') {
                line += next == '\n' ? 1 : 0;
                append(field);
                continue;
            }
            advance();
            if (next == '"') {
                append(field);
            } else if (atFieldEnd()) {
                return field.toString();
            } else {
                throw refused("text behind the closing quote of a field");
            }
        }
        throw refused("a quote is opened and never closed");
    }

    private boolean atFieldEnd() {
        return next == ',' || next == '\n' || next == '\r' || next == END;
    }

    private void endLine() {
        if (next == '\r') {
            advance();
        }
        if (next == '\n') {
            advance();
        }
        line++;
    }

    private void append(StringBuilder field) {
        if (++characters > MAX_CHARACTERS) {
            throw refused("more than " + MAX_CHARACTERS + " characters; a quote may be missing");
        }
        field.append((char) next);
        advance();
    }

    private void advance() {
        try {
            next = text.read();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private TableException refused(String reason) {
        return new TableException(Kind.UNREADABLE, file, "line " + recordLine + ": " + reason);
    }

    private TableException unreadable(IOException e) {
        return new TableException(Kind.UNREADABLE, file, TableException.reason(e), e);
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            // What was read stays right.
        }
    }
}
