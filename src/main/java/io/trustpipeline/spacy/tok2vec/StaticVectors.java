package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.text.Vectors;

import java.util.Arrays;

/** Word vectors that were not trained with the model, projected to its width (spaCy's {@code StaticVectors}). Immutable. */
final class StaticVectors {

    private final Kernels kernels;
    private final Vectors table;
    private final float[] projection;
    private final float[] zeros;

    /**
     * Vectors of a table behind a learnt projection.
     *
     * @param projection thinc's {@code W}, shape [width, table width]
     */
    StaticVectors(Kernels kernels, Vectors table, float[] projection, int width) {
        this.kernels = kernels;
        this.table = table;
        this.projection = projection;
        this.zeros = new float[width];
    }

    Attribute key() {
        return table.attribute();
    }

    int width() {
        return zeros.length;
    }

    /** Writes the projected vector of a key, or zeros when the table has none. */
    void embed(long value, float[] out, int o0) {
        int row = table.row(value);
        if (row == Vectors.NO_ROW) {
            Arrays.fill(out, o0, o0 + width(), 0);
        } else {
            kernels.affine(table.data(), row * table.width(), table.width(), projection, zeros, out, o0);
        }
    }
}
