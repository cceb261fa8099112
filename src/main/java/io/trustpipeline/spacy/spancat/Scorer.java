package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.nn.Activation;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.LayerNorm;

/**
 * From a span's hidden row to its scores: the reducer's layer normalisation, the linear layer, the activation. The
 * normalisation's gain and bias are folded into the linear layer. Immutable.
 */
final class Scorer {

    private final Kernels kernels;
    private final int hidden;
    private final float[] weights;
    private final float[] bias;
    private final Activation activation;

    /**
     * Folds the two layers.
     *
     * @param weights thinc's {@code W}, shape [outputs, norm.width()]
     * @param bias thinc's {@code b}, shape [outputs]
     */
    Scorer(Kernels kernels, LayerNorm norm, float[] weights, float[] bias, Activation activation) {
        this.kernels = kernels;
        this.hidden = norm.width();
        this.weights = new float[weights.length];
        this.bias = new float[bias.length];
        this.activation = activation;
        for (int output = 0; output < bias.length; output++) {
            double sum = bias[output];
            for (int j = 0; j < hidden; j++) {
                int at = output * hidden + j;
                this.weights[at] = weights[at] * norm.gain()[j];
                sum += (double) weights[at] * norm.bias()[j];
            }
            this.bias[output] = (float) sum;
        }
    }

    int outputs() {
        return bias.length;
    }

    float leastOutput(float threshold) {
        return activation.leastOutput(threshold);
    }

    /**
     * Scores a hidden row. Returns false, and gives no scores, when no output is as large as {@code leastOutput}.
     */
    boolean score(float[] rows, int row, float leastOutput, float[] scores) {
        kernels.affineOfNormal(rows, row, hidden, weights, bias, scores, 0);
        for (float output : scores) {
            if (output >= leastOutput) {
                activation.apply(scores);
                return true;
            }
        }
        return false;
    }
}
