package io.trustpipeline.spacy.transformer.state;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What spacy-transformers saves of a Hugging Face model: the shim of the layer {@code hf-pytorch}. Immutable.
 *
 * @param config the Hugging Face configuration, as trained
 * @param tokenizerFiles the tokenizer's files by name, not copied
 * @param useFast whether the tokenizer is a fast one, which aligns by offsets
 * @param state the tensors
 */
public record TransformerFile(
        HuggingFaceConfig config, Map<String, ByteBuffer> tokenizerFiles, boolean useFast, StateDict state) {

    /**
     * Reads the shim of a thinc file: {@code transformer/model}, or the file of the component that owns its transformer.
     *
     * @throws io.trustpipeline.spacy.ModelException when it is not what spacy-transformers 1.1 and later save
     */
    public static TransformerFile read(ShimFile file) {
        throw new UnsupportedOperationException(file.source());
    }

    /**
     * Reads the shim of a curated transformer, which holds tensors only.
     *
     * @throws io.trustpipeline.spacy.ModelException when it is not what spacy-curated-transformers saves
     */
    public static StateDict readCurated(ShimFile file) {
        throw new UnsupportedOperationException(file.source());
    }
}
