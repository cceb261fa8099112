package io.trustpipeline.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes rows as CSV or JSON lines, gzipped when the name says so; the file appears when it is finished. Texts in CSV are
 * {@link SpreadsheetText}.
 */
final class TextSink implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final Path temporary;
    private final Writer text;

    private TextSink(Path file, Path temporary, Writer text) {
        this.file = file;
        this.temporary = temporary;
        this.text = text;
    }

    static TextSink create(Path file) {
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".writing");
        try {
            Files.createDirectories(absolute.getParent());
            OutputStream bytes = Files.newOutputStream(temporary);
            boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
            Writer text = new OutputStreamWriter(packed ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8);
            return new TextSink(file, temporary, new BufferedWriter(text));
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    void writeJson(Group row) {
        try {
            JsonGenerator json = JSON.createGenerator(text).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            JsonRows.write(json, row);
            json.flush();
            text.write('\n');
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    void writeCsvHeader(GroupType schema) {
        try {
            for (int field = 0; field < schema.getFieldCount(); field++) {
                text.write(field == 0 ? "" : ",");
                writeCell(SpreadsheetText.of(schema.getFieldName(field)));
            }
            text.write('\n');
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    void writeCsv(Group row) {
        GroupType schema = row.getType();
        try {
            for (int field = 0; field < schema.getFieldCount(); field++) {
                text.write(field == 0 ? "" : ",");
                Type type = schema.getType(field);
                if (!type.isPrimitive() || type.isRepetition(Repetition.REPEATED)) {
                    writeNested(row, field);
                } else if (row.getFieldRepetitionCount(field) > 0) {
                    String value = ValueText.of(type.asPrimitiveType(), row, field, 0);
                    boolean text = type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                            && !(type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation);
                    writeCell(text ? SpreadsheetText.of(value) : value);
                }
            }
            text.write('\n');
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private void writeNested(Group row, int field) throws IOException {
        boolean repeated = row.getType().getType(field).isRepetition(Repetition.REPEATED);
        if (!repeated && row.getFieldRepetitionCount(field) == 0) {
            return;
        }
        StringWriter nested = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(nested)) {
            JsonRows.writeField(json, row, field);
        }
        writeCell(nested.toString());
    }

    private void writeCell(String value) throws IOException {
        boolean quoted = value.isEmpty() || value.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        text.write(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
    }

    void finish() {
        try {
            text.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Removes what was written unless it was finished. */
    @Override
    public void close() {
        abandon(text);
        abandon(() -> Files.deleteIfExists(temporary));
    }

    private static void abandon(Closeable part) {
        try {
            part.close();
        } catch (IOException e) {
            // The caller already has the failure that brought it here; this one would hide it.
        }
    }

    private static TableException unwritable(Path file, IOException e) {
        return new TableException(Kind.UNWRITABLE, file, "cannot be written: " + TableException.reason(e), e);
    }
}
