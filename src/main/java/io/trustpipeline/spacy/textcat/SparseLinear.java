package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.text.MurmurHash;

/**
 * A linear layer of very many inputs, few of which are not zero (thinc's {@code SparseLinear}): each key has two rows of
 * weights, chosen by hashing it. Immutable.
 *
 * <p>The first version of the layer reads its weights in a wrong order, in which the rows of different keys overlap; models
 * that were trained with it need the same order.
 *
 * @param weights thinc's {@code W}: for each label, {@code length} numbers
 * @param bias thinc's {@code b}, one number a label
 * @param length inputs; a power of two in the first version
 * @param overlapping whether the order is that of the first version
 */
@SuppressWarnings("ArrayRecordComponent")
record SparseLinear(float[] weights, float[] bias, int length, boolean overlapping) {

    int labels() {
        return bias.length;
    }

    /** {@code out += count * (the two rows of the key)}. */
    void add(long key, float count, float[] out, int o0) {
        int first = MurmurHash.hash32(key, 0);
        int second = MurmurHash.hash32(key, 1);
        if (overlapping) {
            first &= length - 1;
            second &= length - 1;
            for (int label = 0; label < bias.length; label++) {
                out[o0 + label] += weights[first + label] * count;
                out[o0 + label] += weights[second + label] * count;
            }
        } else {
            first = Integer.remainderUnsigned(first, length);
            second = Integer.remainderUnsigned(second, length);
            for (int label = 0; label < bias.length; label++) {
                out[o0 + label] += weights[label * length + first] * count;
                out[o0 + label] += weights[label * length + second] * count;
            }
        }
    }
}
