package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.HuggingFaceConfig;

import java.util.List;

/**
 * The sizes of an encoder.
 *
 * @param family how its tensors are named and its positions counted
 * @param width numbers in a hidden state
 * @param layers number of layers
 * @param heads number of attention heads; divides {@code width}
 * @param intermediate width inside a feed-forward block
 * @param embedding width of the embeddings; that of the hidden states but in ELECTRA
 * @param vocabulary number of pieces
 * @param positions rows of the position table
 * @param types rows of the token type table; 0 for none
 * @param padId the piece that RoBERTa and MPNet do not count as a position
 * @param buckets relative position buckets of MPNet, else 0
 * @param activation inside a feed-forward block
 * @param epsilon added to a variance in layer normalisation
 */
public record EncoderSettings(
        Family family,
        int width,
        int layers,
        int heads,
        int intermediate,
        int embedding,
        int vocabulary,
        int positions,
        int types,
        int padId,
        int buckets,
        Activation activation,
        double epsilon) {

    /** No encoder in use is wider; sizes above only occur in damaged files. */
    private static final int MAX_WIDTH = 1 << 16;

    /** Checks that the sizes fit each other. */
    public EncoderSettings {
        boolean possible = within(width, MAX_WIDTH)
                && within(intermediate, MAX_WIDTH)
                && within(embedding, MAX_WIDTH)
                && within(layers, 1024)
                && within(heads, width)
                && width % heads == 0
                && vocabulary > 0
                && within(positions, 1 << 20)
                && types >= 0
                && types <= 1024
                && padId >= 0
                && buckets >= 0
                && buckets <= 1024
                && epsilon >= 0
                && (!family.countsFromPadding() || padId < positions - 1);
        if (!possible) {
            throw new IllegalArgumentException("an encoder of width " + width + ", " + layers + " layers, " + heads
                    + " heads, intermediate width " + intermediate + ", embedding width " + embedding + ", "
                    + vocabulary + " pieces, " + positions + " positions, " + types + " token types, padding piece "
                    + padId + ", " + buckets + " buckets, epsilon " + epsilon);
        }
    }

    private static boolean within(int size, int most) {
        return size > 0 && size <= most;
    }

    /**
     * The settings in a Hugging Face configuration.
     *
     * @throws ModelException when a size is missing or impossible, or the encoder is none of those computed
     */
    public static EncoderSettings of(HuggingFaceConfig config) {
        String where = config.source();
        Family family = Family.named(config.modelType(), where);
        refuse(config);
        boolean distil = family == Family.DISTILBERT;
        int width = config.size(distil ? "dim" : "hidden_size");
        try {
            return new EncoderSettings(
                    family,
                    width,
                    config.size(distil ? "n_layers" : "num_hidden_layers"),
                    config.size(distil ? "n_heads" : "num_attention_heads"),
                    config.size(distil ? "hidden_dim" : "intermediate_size"),
                    family == Family.ELECTRA ? config.size("embedding_size", width) : width,
                    config.size("vocab_size"),
                    config.size("max_position_embeddings"),
                    distil || family == Family.MPNET ? 0 : config.size("type_vocab_size"),
                    config.size("pad_token_id", family.countsFromPadding() ? 1 : 0),
                    family == Family.MPNET ? config.size("relative_attention_num_buckets", 32) : 0,
                    Activation.named(config.text(distil ? "activation" : "hidden_act", "gelu"), where),
                    distil ? 1e-12 : config.number("layer_norm_eps", 1e-12));
        } catch (IllegalArgumentException impossible) {
            throw ModelException.corrupt(where, "its configuration is of " + impossible.getMessage());
        }
    }

    private static void refuse(HuggingFaceConfig config) {
        String positions = config.text("position_embedding_type", "absolute");
        if (!positions.equals("absolute")) {
            throw ModelException.unsupported(config.source(), "position_embedding_type '" + positions + "'");
        }
        for (String option : List.of("is_decoder", "add_cross_attention", "pruned_heads")) {
            if (config.isSet(option)) {
                throw ModelException.unsupported(config.source(), "an encoder with '" + option + "'");
            }
        }
    }

    /** The longest window in pieces, special ones included. */
    public int maxPieces() {
        return family.countsFromPadding() ? positions - padId - 1 : positions;
    }
}
