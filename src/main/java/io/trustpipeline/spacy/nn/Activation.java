package io.trustpipeline.spacy.nn;

/** The last layer of a scorer: from the linear layer's outputs to scores. Immutable. */
public sealed interface Activation permits Logistic, Softmax {

    /** A linear output below this gives a score below the threshold, whatever the other outputs are. */
    float leastOutput(float threshold);

    /** Turns the outputs into scores, in place. */
    void apply(float[] outputs);
}
