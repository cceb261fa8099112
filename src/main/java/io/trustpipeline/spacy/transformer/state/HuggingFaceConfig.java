package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Items;

/**
 * A Hugging Face configuration. A key that is absent or nil has the default that the caller names, as in the classes of
 * {@code transformers}.
 *
 * @param fields the configuration's entries; their source names the file in errors
 */
public record HuggingFaceConfig(Fields fields) {

    /** The file that the configuration comes from. */
    public String source() {
        return fields.source();
    }

    /** The encoder's family, such as {@code roberta}. */
    public String modelType() {
        return fields.text("model_type");
    }

    public boolean has(String key) {
        return fields.find(key) != null;
    }

    /** A size, from 0 to 2^31 - 1. */
    public int size(String key) {
        long value = fields.integer(key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw ModelException.corrupt(source(), "config: " + key + " is " + value);
        }
        return (int) value;
    }

    public int size(String key, int absent) {
        return has(key) ? size(key) : absent;
    }

    public double number(String key, double absent) {
        return has(key) ? fields.number(key) : absent;
    }

    public String text(String key, String absent) {
        return has(key) ? fields.text(key) : absent;
    }

    /** Whether a key has a value other than nil, false, and an empty list or map. */
    public boolean isSet(String key) {
        MsgpackValue value = fields.find(key);
        if (value instanceof Bool flag) {
            return flag.value();
        }
        if (value instanceof Items items) {
            return items.size() > 0;
        }
        return value instanceof Fields map ? !map.values().isEmpty() : value != null;
    }
}
