package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.PickleValue.View;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** A tensor, left where it lies in the archive. Its elements are read as float32. Immutable. */
public final class Tensor {

    private final ElementType type;
    private final ByteBuffer bytes;
    private final int offset;
    private final int[] shape;
    private final int[] strides;
    private final int size;
    private final boolean contiguous;

    private Tensor(ElementType type, ByteBuffer bytes, int offset, int[] shape, int[] strides) {
        this.type = type;
        this.bytes = bytes;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        this.size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        this.contiguous = Arrays.equals(strides, rowMajor(shape));
    }

    /**
     * A tensor that a pickle describes.
     *
     * @param where the file and the tensor's name, for errors
     */
    static Tensor of(View view, ByteBuffer bytes, String where) {
        List<Long> sizes = view.sizes();
        List<Long> strides = view.strides();
        long elements = bytes.remaining() / view.storage().type().bytes();
        if (sizes.size() != strides.size()) {
            throw corrupt(where, view, elements);
        }
        long size = 1;
        long last = view.offset();
        for (int i = 0; i < sizes.size(); i++) {
            long extent = sizes.get(i);
            long stride = strides.get(i);
            if (extent < 0 || stride < 0 || extent > elements || stride > elements) {
                throw corrupt(where, view, elements);
            }
            // Both factors are below 2^31, and so is each partial result: no overflow.
            size *= extent;
            last += Math.max(0, extent - 1) * stride;
            if (size > elements || last > elements) {
                throw corrupt(where, view, elements);
            }
        }
        if (view.offset() < 0 || size > 0 && last >= elements) {
            throw corrupt(where, view, elements);
        }
        return new Tensor(view.storage().type(), bytes, (int) view.offset(), ints(sizes), ints(strides));
    }

    private static ModelException corrupt(String where, View view, long elements) {
        return ModelException.corrupt(
                where,
                "a tensor of shape " + view.sizes() + ", strides " + view.strides() + ", offset " + view.offset()
                        + " does not fit its storage of " + elements + " elements");
    }

    private static int[] ints(List<Long> numbers) {
        return numbers.stream().mapToInt(Long::intValue).toArray();
    }

    private static int[] rowMajor(int[] shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    /** The extent of each dimension, outermost first. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** Copies elements {@code first} to {@code first + count}, counted with the last index running fastest. */
    public void read(int first, int count, float[] to, int at) {
        if (contiguous && type == ElementType.FLOAT) {
            FloatBuffer floats = bytes.duplicate().order(bytes.order()).asFloatBuffer();
            floats.get(offset + first, to, at, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[at + i] = type.get(bytes, element(first + i) * type.bytes());
        }
    }

    /** Where an element lies in the storage. */
    private int element(int index) {
        int element = offset;
        int rest = index;
        for (int i = shape.length - 1; i >= 0; i--) {
            element += rest % shape[i] * strides[i];
            rest /= shape[i];
        }
        return element;
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
