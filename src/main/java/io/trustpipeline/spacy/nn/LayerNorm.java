package io.trustpipeline.spacy.nn;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016, <a href="https://arxiv.org/abs/1607.06450">arXiv:1607.06450</a>) with
 * thinc's epsilon.
 *
 * @param gain thinc's {@code G}, one factor an output
 * @param bias thinc's {@code b}, one summand an output
 */
public record LayerNorm(float[] gain, float[] bias) {

    private static final float EPSILON = 1e-8f;

    /** Checks that there is one gain and one bias for each of the outputs. */
    public LayerNorm {
        if (gain.length != bias.length) {
            throw new IllegalArgumentException("layernorm: G has " + gain.length + " values, b " + bias.length);
        }
    }

    /** How many outputs this normalises. */
    public int width() {
        return gain.length;
    }

    static float scale(float variance) {
        return (float) (1 / Math.sqrt(variance + EPSILON));
    }
}
