package io.trustpipeline.spacy;

import java.util.List;

/**
 * What a tok2vec is made of, for people.
 *
 * @param attributes what it knows of a token
 * @param staticVectors whether it also has word vectors
 * @param width numbers in a token's row
 * @param depth convolution layers
 * @param window how many neighbours on each side a layer sees
 */
public record Tok2VecCard(List<Attribute> attributes, boolean staticVectors, int width, int depth, int window)
        implements TensorCard {

    /** Copies the list. */
    public Tok2VecCard {
        attributes = List.copyOf(attributes);
    }
}
