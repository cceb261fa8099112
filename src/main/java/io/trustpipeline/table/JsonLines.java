package io.trustpipeline.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of JSON objects, one a line, written as Parquet without loss: read once to learn the columns (the keys in the
 * order in which they appear; see {@link JsonColumn} for their types) and once for the rows. Texts keep every character,
 * U+0000 too; half a surrogate pair, which UTF-8 cannot hold, is refused.
 */
final class JsonLines {
    private static final ObjectReader OBJECTS = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .readerFor(JsonNode.class);

    private final Path file;

    JsonLines(Path file) {
        this.file = file;
    }

    void toParquet(Path parquet) {
        Map<String, JsonColumn> columns = columns();
        List<Type> types = new ArrayList<>();
        columns.forEach((name, column) -> types.add(column.type(name)));
        MessageType schema = new MessageType("schema", types);
        try (ParquetSink sink = ParquetSink.create(parquet, schema)) {
            forEach((line, object) -> sink.write(row(line, object, columns, schema)));
            sink.finish();
        }
    }

    private Map<String, JsonColumn> columns() {
        Map<String, JsonColumn> columns = new LinkedHashMap<>();
        forEach((line, object) -> object.properties()
                .forEach(field -> columns.merge(field.getKey(), JsonColumn.of(field.getValue()), JsonColumn::and)));
        if (columns.isEmpty()) {
            throw new TableException(Kind.UNSUITABLE, file, "holds no JSON object with a key, so there are no columns");
        }
        Map<String, String> names = new TreeMap<>();
        for (String name : columns.keySet()) {
            String other = names.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw new TableException(
                        Kind.UNSUITABLE, file, "keys \"" + other + "\" and \"" + name + "\" differ in case alone");
            }
        }
        return columns;
    }

    private Group row(long line, JsonNode object, Map<String, JsonColumn> columns, MessageType schema) {
        Group row = new SimpleGroup(schema);
        int position = 0;
        for (Map.Entry<String, JsonColumn> column : columns.entrySet()) {
            JsonNode value = object.get(column.getKey());
            if (value != null && !value.isNull()) {
                switch (column.getValue()) {
                    case INTEGER, LONG -> row.add(position, value.longValue());
                    case NUMBER -> row.add(position, value.doubleValue());
                    case BOOLEAN_VALUE -> row.add(position, value.booleanValue());
                    case TEXT, NOTHING -> row.add(position, utf8(line, column.getKey(), value.textValue()));
                    case JSON -> row.add(position, utf8(line, column.getKey(), value.toString()));
                }
            }
            position++;
        }
        return row;
    }

    private Binary utf8(long line, String key, String text) {
        try {
            return Binary.fromReusedByteBuffer(
                    StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new TableException(
                    Kind.UNSUITABLE, file, "line " + line + ": key \"" + key + "\" holds half a surrogate pair", e);
        }
    }

    private interface Visitor {
        void visit(long line, JsonNode object);
    }

    private void forEach(Visitor visitor) {
        long line = 1;
        try (InputStream text = TextFile.open(file);
                MappingIterator<JsonNode> values = OBJECTS.readValues(text)) {
            while (values.hasNextValue()) {
                JsonParser parser = values.getParser();
                line = parser.currentTokenLocation().getLineNr();
                JsonNode value = values.nextValue();
                if (!value.isObject()) {
                    throw new TableException(Kind.UNSUITABLE, file, "line " + line + ": not a JSON object");
                }
                visitor.visit(line, value);
            }
        } catch (JsonProcessingException e) {
            // Jackson's own wording may quote the text; of a number or name that is too long it gives no place.
            long place = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw new TableException(Kind.UNREADABLE, file, "line " + place + ": not valid JSON", e);
        } catch (NumberFormatException e) {
            throw new TableException(
                    Kind.UNREADABLE, file, "line " + line + ": a number with too large an exponent", e);
        } catch (IOException e) {
            throw new TableException(Kind.UNREADABLE, file, TableException.reason(e), e);
        }
    }
}
