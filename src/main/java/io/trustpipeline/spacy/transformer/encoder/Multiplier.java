package io.trustpipeline.spacy.transformer.encoder;

import org.jspecify.annotations.Nullable;

/**
 * Multiplies rows by the weights of linear layers. A panel of weights is copied out of mapped memory once, and then all
 * rows pass it, six at a time. For one thread.
 */
final class Multiplier {

    private final EncoderKernels kernels;
    private float[] panel = new float[0];

    Multiplier(EncoderKernels kernels) {
        this.kernels = kernels;
    }

    /**
     * {@code c = activation(a W + b)}.
     *
     * @param rows in whole tiles
     * @param activation null for none
     */
    void multiply(
            Linear linear, float[] a, int aStride, int rows, float[] c, int cStride, @Nullable Activation activation) {
        PanelLayout layout = linear.layout();
        if (panel.length < layout.maxPanelSize()) {
            panel = new float[layout.maxPanelSize()];
        }
        for (int block = 0; block < layout.blocks(); block++) {
            for (int column = 0; column < layout.panels(); column++) {
                linear.panel(block, column, panel);
                pass(linear, block, column, a, aStride, rows, c, cStride);
                if (activation != null && block == layout.blocks() - 1) {
                    int n = layout.outputs(column);
                    for (int row = 0; row < rows; row++) {
                        kernels.activate(activation, c, row * cStride + column * layout.panelOutputs(), n);
                    }
                }
            }
        }
    }

    /** All rows pass a panel. The first block starts from the bias, the others add to what the ones before left. */
    private void pass(Linear linear, int block, int column, float[] a, int aStride, int rows, float[] c, int cStride) {
        PanelLayout layout = linear.layout();
        int first = layout.firstInput(block);
        int inputs = layout.firstInput(block + 1) - first;
        int outputs = layout.outputs(column);
        int vectors = outputs / kernels.lanes();
        int at = column * layout.panelOutputs();
        for (int row = 0; row < rows; row += EncoderKernels.TILE_ROWS) {
            int to = row * cStride + at;
            float[] from = block == 0 ? linear.bias() : c;
            int f0 = block == 0 ? at : to;
            int fStride = block == 0 ? 0 : cStride;
            kernels.tile(
                    vectors,
                    a,
                    row * aStride + first,
                    aStride,
                    panel,
                    0,
                    outputs,
                    inputs,
                    from,
                    f0,
                    fStride,
                    c,
                    to,
                    cStride);
        }
    }
}
