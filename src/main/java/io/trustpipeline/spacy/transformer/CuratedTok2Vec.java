package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TransformerCard;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.List;

/**
 * A curated transformer as a document's tensor. Immutable and shared by threads.
 *
 * @param stride floats from one row to the next
 */
record CuratedTok2Vec(CuratedTransformer transformer, Pooling pooling, int stride) implements Tok2Vec {

    @Override
    public int width() {
        return transformer.width();
    }

    @Override
    public TransformerCard card() {
        return transformer.card();
    }

    @Override
    public Encoder newEncoder() {
        CuratedWindows windows = new CuratedWindows(transformer);
        return new Encoder() {
            @Override
            public void encode(Doc doc, int from, int to, float[] out, int o0) {
                windows.pool(doc, from, to, pooling, out, o0, stride);
            }

            @Override
            public void prepare(List<Doc> documents) {
                windows.prepare(documents);
            }
        };
    }
}
