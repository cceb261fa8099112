package io.trustpipeline.spacy.nn;

/** Scores between 0 and 1, independent of each other (thinc's {@code Logistic}). */
public record Logistic() implements Activation {

    /** Where thinc cuts the argument off. */
    private static final float LIMIT = 20;

    /** Wider than any rounding of the two sides of the comparison. */
    private static final double MARGIN = 1e-3;

    /** Above this the float score is so near 1 that its inverse says nothing. */
    private static final double LARGEST = 15;

    @Override
    public float leastOutput(float threshold) {
        if (threshold <= 0) {
            return Float.NEGATIVE_INFINITY;
        }
        double output = threshold < 1 ? Math.log(threshold / (1.0 - threshold)) : LARGEST;
        return output < MARGIN - LIMIT ? Float.NEGATIVE_INFINITY : (float) Math.min(output - MARGIN, LARGEST);
    }

    @Override
    public void apply(float[] outputs) {
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = of(outputs[i]);
        }
    }

    /** One score. */
    public static float of(float output) {
        return 1 / (1 + (float) Math.exp(-Math.max(-LIMIT, Math.min(LIMIT, output))));
    }
}
