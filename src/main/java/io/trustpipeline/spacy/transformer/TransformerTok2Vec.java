package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TransformerCard;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.List;

/**
 * A transformer as a document's tensor: the pieces of windows that slide over the document are encoded, and the hidden
 * states of a token's pieces, of all windows that it is in, are pooled into its row. Immutable and shared by threads.
 *
 * @param transformer pieces and encoder
 * @param pooling how pieces become rows
 * @param stride floats from one row to the next
 */
public record TransformerTok2Vec(Transformer transformer, Pooling pooling, int stride) implements Tok2Vec {

    @Override
    public int width() {
        return transformer.encoder().width();
    }

    @Override
    public TransformerCard card() {
        return transformer.card();
    }

    @Override
    public Encoder newEncoder() {
        WindowEncoder windows = new WindowEncoder(transformer);
        return new Encoder() {
            @Override
            public void encode(Doc doc, int from, int to, float[] out, int o0) {
                windows.cover(doc, from, to);
                windows.pool(from, to, pooling, out, o0, stride);
            }

            @Override
            public void prepare(List<Doc> documents) {
                windows.prepare(documents);
            }
        };
    }
}
