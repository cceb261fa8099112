package io.trustpipeline.spacy.transformer.encoder;

import java.nio.FloatBuffer;

/**
 * A linear layer, {@code y = x W + b}. Immutable.
 *
 * @param weights memory-mapped, in the order of the layout
 * @param bias one number an output
 */
@SuppressWarnings("ArrayRecordComponent")
record Linear(PanelLayout layout, FloatBuffer weights, float[] bias) {

    /** Copies a panel of a block to where vectors can be loaded from; any thread may. */
    void panel(int block, int panel, float[] to) {
        weights.get(layout.offset(block, panel), to, 0, layout.size(block, panel));
    }
}
