package io.trustpipeline.spacy.transformer.encoder;

/**
 * The order of a weight matrix in memory: that in which the tile kernel reads it. Inputs are cut into blocks, each block
 * into panels of up to three vectors of outputs, and a panel holds for each input of the block its outputs, one after the
 * other. A panel of a block fits into the second-level cache, where it stays while all rows pass.
 *
 * @param inputs length of an input row
 * @param outputs outputs, in whole vectors
 * @param lanes floats in a vector
 */
record PanelLayout(int inputs, int outputs, int lanes) {

    private static final int BLOCK = 768;

    int blocks() {
        return (inputs + BLOCK - 1) / BLOCK;
    }

    /** The first input of a block, or the number of inputs for the block after the last. Blocks are about equally long. */
    int firstInput(int block) {
        return (int) ((long) inputs * block / blocks());
    }

    int panels() {
        return (outputs + panelOutputs() - 1) / panelOutputs();
    }

    /** Outputs of a panel; the last one may have fewer. */
    int panelOutputs() {
        return EncoderKernels.TILE_VECTORS * lanes;
    }

    int outputs(int panel) {
        return Math.min(panelOutputs(), outputs - panel * panelOutputs());
    }

    /** Where a panel of a block begins. */
    int offset(int block, int panel) {
        int first = firstInput(block);
        return first * outputs + panel * panelOutputs() * (firstInput(block + 1) - first);
    }

    /** Floats of a panel of a block. */
    int size(int block, int panel) {
        return outputs(panel) * (firstInput(block + 1) - firstInput(block));
    }

    int maxPanelSize() {
        return Math.min(panelOutputs(), outputs) * ((inputs + blocks() - 1) / blocks());
    }

    /** Floats of the matrix. */
    int size() {
        return Math.multiplyExact(inputs, outputs);
    }

    /**
     * Puts one output's weights into their places.
     *
     * @param weights the weight of each input
     * @param position where an input stands in a row of inputs
     */
    void place(float[] weights, int count, Spread position, int output, float[] packed) {
        int panel = output / panelOutputs();
        int columns = outputs(panel);
        int column = output % panelOutputs();
        for (int input = 0, block = 0, at = -1; input < count; input++) {
            int k = position.of(input);
            while (k >= firstInput(block + 1)) {
                block++;
                at = -1;
            }
            if (at < 0) {
                at = offset(block, panel) + column - firstInput(block) * columns;
            }
            packed[at + k * columns] = weights[input];
        }
    }
}
