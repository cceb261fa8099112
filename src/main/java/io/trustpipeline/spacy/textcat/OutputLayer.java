package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.nn.Activation;
import io.trustpipeline.spacy.nn.Kernels;

/**
 * The last layer of a categorizer: a linear layer and an activation. Immutable.
 *
 * @param weights thinc's {@code W}, shape [labels, inputs]
 * @param bias thinc's {@code b}
 */
@SuppressWarnings("ArrayRecordComponent")
record OutputLayer(Kernels kernels, float[] weights, float[] bias, Activation activation) {

    void apply(float[] row, int inputs, float[] scores) {
        kernels.affine(row, 0, inputs, weights, bias, scores, 0);
        activation.apply(scores);
    }
}
