package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.TransformerCard;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.transformer.encoder.TransformerEncoder;
import io.trustpipeline.spacy.transformer.pieces.TokenPieces;

import java.util.Locale;

/**
 * A transformer of spacy-curated-transformers: tokens are cut into pieces one by one, windows slide over the pieces of the
 * whole document, and where two windows overlap their hidden states are averaged. Immutable and shared by threads.
 *
 * @param window pieces in a window
 * @param stride pieces from the start of a window to the start of the next; at least half a window, at most a whole one
 */
public record CuratedTransformer(TransformerEncoder encoder, TokenPieces pieces, int window, int stride)
        implements SharedTransformer {

    /** Checks the sizes. */
    public CuratedTransformer {
        if (stride < 1 || stride < window / 2 || stride > window || window > encoder.maxPieces()) {
            throw new IllegalArgumentException("window " + window + " and stride " + stride
                    + ", expected window / 2 <= stride <= window <= " + encoder.maxPieces());
        }
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public TransformerCard card() {
        return new TransformerCard(
                encoder.settings().family().name().toLowerCase(Locale.ROOT),
                width(),
                encoder.settings().layers(),
                encoder.settings().heads(),
                "window " + window + ", stride " + stride);
    }

    @Override
    public Tok2Vec tensor(Pooling pooling, int rowStride) {
        return new CuratedTok2Vec(this, pooling, rowStride);
    }
}
