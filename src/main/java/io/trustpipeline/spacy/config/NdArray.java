package io.trustpipeline.spacy.config;

import java.util.Arrays;

/**
 * An array of another element type than float32, left as its bytes.
 *
 * @param type numpy's name of the element type, such as {@code <i8}
 * @param shape the extent of each dimension, outermost first
 * @param data the elements' bytes in C order
 */
public record NdArray(String type, int[] shape, byte[] data) implements MsgpackValue {
    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray array
                && type.equals(array.type)
                && Arrays.equals(shape, array.shape)
                && Arrays.equals(data, array.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
