package io.trustpipeline.spacy.nn;

/**
 * A maxout layer as thinc stores it (Goodfellow et al. 2013, <a href="https://arxiv.org/abs/1302.4389">arXiv:1302.4389</a>):
 * each output is the largest of {@code pieces} linear functions of the input.
 *
 * @param weights thinc's {@code W}, shape [outputs, pieces, inputs]
 * @param bias thinc's {@code b}, shape [outputs, pieces]
 */
public record MaxoutParameters(float[] weights, float[] bias, int outputs, int pieces, int inputs) {

    /** Checks the arrays against the sizes. */
    public MaxoutParameters {
        if (weights.length != outputs * pieces * inputs || bias.length != outputs * pieces) {
            throw new IllegalArgumentException("maxout: W has " + weights.length + " values and b " + bias.length
                    + ", which is not " + outputs + " outputs of " + pieces + " pieces of " + inputs + " inputs");
        }
    }
}
