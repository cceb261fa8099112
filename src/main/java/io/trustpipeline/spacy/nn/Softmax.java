package io.trustpipeline.spacy.nn;

/**
 * Scores that share one unit of probability (thinc's {@code Softmax.v2}).
 *
 * @param normalize false: the outputs are the scores
 * @param temperature what the outputs are divided by
 */
public record Softmax(boolean normalize, float temperature) implements Activation {

    /** What a layer's settings ask for; older files have none. */
    public static Softmax of(Layer layer) {
        boolean normalize = layer.settings().find("softmax_normalize") == null
                || layer.settings().flag("softmax_normalize");
        double temperature = layer.settings().find("softmax_temperature") == null
                ? 1
                : layer.settings().number("softmax_temperature");
        return new Softmax(normalize, (float) temperature);
    }

    @Override
    public float leastOutput(float threshold) {
        return Float.NEGATIVE_INFINITY;
    }

    @Override
    public void apply(float[] outputs) {
        if (!normalize) {
            return;
        }
        float largest = Float.NEGATIVE_INFINITY;
        for (float output : outputs) {
            largest = Math.max(largest, output / temperature);
        }
        float sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) Math.exp(outputs[i] / temperature - largest);
            sum += outputs[i];
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] /= sum;
        }
    }
}
