package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.TransformerCard;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.transformer.encoder.EncoderSettings;
import io.trustpipeline.spacy.transformer.encoder.TransformerEncoder;
import io.trustpipeline.spacy.transformer.encoder.WeightCache;
import io.trustpipeline.spacy.transformer.pieces.PieceTokenizer;
import io.trustpipeline.spacy.transformer.pieces.PieceTokenizerReader;
import io.trustpipeline.spacy.transformer.state.TransformerFile;

import java.util.Locale;

/**
 * A transformer of spacy-transformers: a tokenizer, windows and an encoder. Immutable and shared by threads.
 *
 * @param alignsByOffsets whether the tokenizer is a fast one; pieces of slow ones are aligned by their text
 */
public record Transformer(
        TransformerEncoder encoder, PieceTokenizer tokenizer, SpanGetter spans, boolean alignsByOffsets)
        implements SharedTransformer {

    /**
     * Makes a transformer of what its file holds.
     *
     * @throws io.trustpipeline.spacy.ModelException when the encoder or the tokenizer is not supported or damaged
     */
    public static Transformer of(TransformerFile file, SpanGetter spans, WeightCache cache) {
        TransformerEncoder encoder = TransformerEncoder.load(EncoderSettings.of(file.config()), file.state(), cache);
        PieceTokenizer tokenizer = PieceTokenizerReader.read(
                file.tokenizerFiles(),
                file.useFast(),
                file.config().modelType(),
                encoder.maxPieces(),
                file.config().source());
        return new Transformer(encoder, tokenizer, spans, file.useFast());
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public Tok2Vec tensor(Pooling pooling, int stride) {
        return new TransformerTok2Vec(this, pooling, stride);
    }

    @Override
    public TransformerCard card() {
        EncoderSettings settings = encoder.settings();
        return new TransformerCard(
                settings.family().name().toLowerCase(Locale.ROOT),
                settings.width(),
                settings.layers(),
                settings.heads(),
                spans.describe());
    }
}
