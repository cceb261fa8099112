package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.state.StateDict;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What an encoder's tensors are called. Names of linear layers and normalisations stand without {@code .weight} and
 * {@code .bias}.
 *
 * @param words embeddings of pieces
 * @param positions embeddings of positions
 * @param types embeddings of token types
 * @param norm normalisation of the embeddings
 * @param projection from the embeddings' width to that of the hidden states
 * @param buckets MPNet's attention bias
 * @param layers names inside each layer
 */
record TensorNames(
        String words,
        String positions,
        String types,
        String norm,
        String projection,
        String buckets,
        List<LayerNames> layers) {

    /**
     * Names in one layer.
     *
     * @param queryKeyValue three linear layers, or one that is all three
     */
    record LayerNames(
            List<String> queryKeyValue,
            String attention,
            String attentionNorm,
            String expansion,
            String contraction,
            String norm) {}

    static TensorNames of(EncoderSettings settings, StateDict state) {
        int layers = settings.layers();
        return switch (settings.family()) {
            case BERT, ROBERTA, ELECTRA ->
                huggingFace(
                        layers,
                        "attention.self.",
                        List.of("query", "key", "value"),
                        "attention.output.dense",
                        "attention.output.LayerNorm");
            case MPNET ->
                huggingFace(
                        layers, "attention.attn.", List.of("q", "k", "v"), "attention.attn.o", "attention.LayerNorm");
            case DISTILBERT -> distilBert(layers);
            case CURATED_BERT -> curated(state, layers, "embeddings.");
            case CURATED_ROBERTA -> curated(state, layers, "embeddings.inner.");
        };
    }

    private static TensorNames huggingFace(
            int layers, String attention, List<String> parts, String attentionOutput, String attentionNorm) {
        return new TensorNames(
                "embeddings.word_embeddings.weight",
                "embeddings.position_embeddings.weight",
                "embeddings.token_type_embeddings.weight",
                "embeddings.LayerNorm",
                "embeddings_project",
                "encoder.relative_attention_bias.weight",
                numbered(
                        "encoder.layer.",
                        layers,
                        prefix -> new LayerNames(
                                parts.stream()
                                        .map(part -> prefix + attention + part)
                                        .toList(),
                                prefix + attentionOutput,
                                prefix + attentionNorm,
                                prefix + "intermediate.dense",
                                prefix + "output.dense",
                                prefix + "output.LayerNorm")));
    }

    private static TensorNames distilBert(int layers) {
        return new TensorNames(
                "embeddings.word_embeddings.weight",
                "embeddings.position_embeddings.weight",
                "",
                "embeddings.LayerNorm",
                "",
                "",
                numbered(
                        "transformer.layer.",
                        layers,
                        prefix -> new LayerNames(
                                List.of(
                                        prefix + "attention.q_lin",
                                        prefix + "attention.k_lin",
                                        prefix + "attention.v_lin"),
                                prefix + "attention.out_lin",
                                prefix + "sa_layer_norm",
                                prefix + "ffn.lin1",
                                prefix + "ffn.lin2",
                                prefix + "output_layer_norm")));
    }

    /** The encoder may be wrapped once more. */
    private static TensorNames curated(StateDict state, int layers, String embeddings) {
        String wrapped = "curated_encoder.";
        String root = state.has(wrapped + embeddings + "word_embeddings.weight") ? wrapped : "";
        String prefix = root + embeddings;
        return new TensorNames(
                prefix + "word_embeddings.weight",
                prefix + "position_embeddings.weight",
                prefix + "token_type_embeddings.weight",
                prefix + "layer_norm",
                prefix + "projection",
                "",
                numbered(
                        root + "layers.",
                        layers,
                        layer -> new LayerNames(
                                List.of(layer + "mha.input"),
                                layer + "mha.output",
                                layer + "attn_output_layernorm",
                                layer + "ffn.intermediate",
                                layer + "ffn.output",
                                layer + "ffn_output_layernorm")));
    }

    private static List<LayerNames> numbered(String prefix, int layers, Function<String, LayerNames> names) {
        return IntStream.range(0, layers)
                .mapToObj(layer -> names.apply(prefix + layer + "."))
                .toList();
    }
}
