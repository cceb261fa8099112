package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.text.MurmurHash;

/**
 * An embedding table in which every value has four rows, chosen by hashing it (thinc's {@code HashEmbed}; Serrà and
 * Karatzoglou 2017, <a href="https://arxiv.org/abs/1706.03993">arXiv:1706.03993</a>). Immutable.
 *
 * @param column which of the extracted attributes it embeds
 * @param seed of the hash
 * @param table thinc's {@code E}, shape [rows, width]
 */
record HashEmbed(int column, int seed, float[] table, int rows, int width) {

    /** The number of rows that are summed. */
    static final int KEYS = 4;

    /** Writes the sum of the four rows of {@code value}. */
    void embed(long value, int[] keys, float[] out, int o0) {
        MurmurHash.hash128(value, seed, keys);
        int row0 = row(keys[0]);
        int row1 = row(keys[1]);
        int row2 = row(keys[2]);
        int row3 = row(keys[3]);
        for (int j = 0; j < width; j++) {
            out[o0 + j] = ((table[row0 + j] + table[row1 + j]) + table[row2 + j]) + table[row3 + j];
        }
    }

    private int row(int key) {
        return Integer.remainderUnsigned(key, rows) * width;
    }
}
