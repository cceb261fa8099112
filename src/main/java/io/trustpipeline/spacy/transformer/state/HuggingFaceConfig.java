package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.config.MsgpackValue;

/**
 * A Hugging Face configuration. A key that is absent or nil has the default that the caller names.
 *
 * @param fields the configuration's entries; their source names the file in errors
 */
public record HuggingFaceConfig(MsgpackValue.Fields fields) {

    /** The encoder's family, such as {@code roberta}. */
    public String modelType() {
        return fields.text("model_type");
    }
}
