package io.trustpipeline.spacy.config;

import java.util.Arrays;

/**
 * A float32 array as numpy stores it.
 *
 * @param shape the extent of each dimension, outermost first
 * @param data the elements in C order (the last index runs fastest); owned by the array, not to be written
 */
public record FloatArray(int[] shape, float[] data) implements MsgpackValue {
    @Override
    public boolean equals(Object other) {
        return other instanceof FloatArray array
                && Arrays.equals(shape, array.shape)
                && Arrays.equals(data, array.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "float32" + Arrays.toString(shape);
    }
}
