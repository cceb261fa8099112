package io.trustpipeline.spacy.transformer.state;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Int;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Nil;
import io.trustpipeline.spacy.config.MsgpackValue.Real;
import io.trustpipeline.spacy.config.MsgpackValue.Text;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a {@code config.json} of Hugging Face, which newer models hold as msgpack inside another file. */
final class ConfigJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ConfigJson() {}

    static HuggingFaceConfig read(Path file) {
        String source = file.toString();
        try {
            Map<String, Object> object = MAPPER.readValue(Files.readAllBytes(file), new TypeReference<>() {});
            if (value(object, source) instanceof Fields fields) {
                return new HuggingFaceConfig(fields);
            }
        } catch (IOException damaged) {
            throw ModelException.corrupt(source, "cannot be read as JSON", damaged);
        }
        throw ModelException.corrupt(source, "should hold a JSON object");
    }

    private static MsgpackValue value(@Nullable Object json, String source) {
        if (json instanceof Map<?, ?> map) {
            Map<String, MsgpackValue> fields = new LinkedHashMap<>();
            map.forEach((name, value) -> fields.put(String.valueOf(name), value(value, source)));
            return new Fields(source, fields);
        }
        if (json instanceof List<?> list) {
            return new Items(
                    source, list.stream().map(item -> value(item, source)).toList());
        }
        if (json instanceof Integer || json instanceof Long) {
            return new Int(((Number) json).longValue());
        }
        if (json instanceof Number number) {
            return new Real(number.doubleValue());
        }
        if (json instanceof Boolean flag) {
            return new Bool(flag);
        }
        return json == null ? new Nil() : new Text(json.toString());
    }
}
