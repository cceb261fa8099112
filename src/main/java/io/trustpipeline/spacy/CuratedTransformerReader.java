package io.trustpipeline.spacy;

import io.trustpipeline.spacy.config.Section;
import io.trustpipeline.spacy.transformer.CuratedTransformer;
import io.trustpipeline.spacy.transformer.encoder.Activation;
import io.trustpipeline.spacy.transformer.encoder.EncoderSettings;
import io.trustpipeline.spacy.transformer.encoder.Family;
import io.trustpipeline.spacy.transformer.encoder.TransformerEncoder;
import io.trustpipeline.spacy.transformer.encoder.WeightCache;
import io.trustpipeline.spacy.transformer.pieces.TokenPieces;
import io.trustpipeline.spacy.transformer.state.ShimFile;
import io.trustpipeline.spacy.transformer.state.TransformerFile;

/**
 * Reads a component of spacy-curated-transformers: the sizes stand in config.cfg, the pieces and tensors in the component's
 * file.
 */
final class CuratedTransformerReader {

    private CuratedTransformerReader() {}

    static CuratedTransformer read(ComponentConfig component, WeightCache weights) {
        Section spans = component.modelPart("with_spans");
        boolean splits = component
                .modelPart("piece_encoder")
                .text("@architectures")
                .equals("spacy-curated-transformers.BertWordpieceEncoder.v1");
        EncoderSettings settings = settings(component);
        ShimFile file = ShimFile.open(component.modelFile());
        TokenPieces pieces = TokenPieces.read(file.network(), file.source(), splits);
        TransformerEncoder encoder = TransformerEncoder.load(settings, TransformerFile.readCurated(file), weights);
        try {
            return new CuratedTransformer(encoder, pieces, spans.integer("window", 128), spans.integer("stride", 96));
        } catch (IllegalArgumentException impossible) {
            throw component.unsupported(String.valueOf(impossible.getMessage()));
        }
    }

    private static EncoderSettings settings(ComponentConfig component) {
        Section model = component.model();
        // XLM-RoBERTa and CamemBERT are RoBERTa with other pieces.
        boolean roberta = !model.text("@architectures").equals("spacy-curated-transformers.BertTransformer.v1");
        int width = model.integer("hidden_width", 768);
        try {
            return new EncoderSettings(
                    roberta ? Family.CURATED_ROBERTA : Family.CURATED_BERT,
                    width,
                    model.integer("num_hidden_layers", 12),
                    model.integer("num_attention_heads", 12),
                    model.integer("intermediate_width", 3072),
                    width,
                    model.integer("vocab_size"),
                    model.integer("max_position_embeddings", roberta ? 514 : 512),
                    model.integer("type_vocab_size", roberta ? 1 : 2),
                    model.integer("padding_idx", roberta ? 1 : 0),
                    0,
                    Activation.named(model.text("hidden_act", "gelu"), component.file()),
                    model.number("layer_norm_eps", roberta ? 1e-5 : 1e-12));
        } catch (IllegalArgumentException impossible) {
            throw ModelException.corrupt(
                    component.file(), "component '" + component.name() + "' is of " + impossible.getMessage());
        }
    }
}
