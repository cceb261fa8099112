package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.nn.Layer;

/** The transformers that a component's network may hear, or hold itself. */
public interface Transformers {

    /**
     * What a listener takes.
     *
     * @param listener for errors
     * @param reduction the thinc layer that pools a token's pieces
     * @throws io.trustpipeline.spacy.ModelException when no transformer runs before, or the reduction is not known
     */
    Tok2Vec heard(Layer listener, String reduction);

    /**
     * The transformer inside the component.
     *
     * @param layer for errors
     * @param reduction the thinc layer that pools a token's pieces
     * @throws io.trustpipeline.spacy.ModelException when the file has none, or the reduction is not known
     */
    Tok2Vec own(Layer layer, String reduction);
}
