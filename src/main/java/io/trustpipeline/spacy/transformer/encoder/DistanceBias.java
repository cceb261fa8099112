package io.trustpipeline.spacy.transformer.encoder;

/**
 * What MPNet adds to the score of two pieces, by their distance. Distances fall into buckets, one for each near distance
 * and fewer for far ones, as in T5 (Raffel et al., 2020, section 2.1). Immutable.
 *
 * @param biases for each head, the bias of distances from {@code 1 - pieces} to {@code pieces - 1}
 * @param pieces the longest window
 */
@SuppressWarnings("ArrayRecordComponent")
record DistanceBias(float[][] biases, int pieces) {

    private static final int MAX_DISTANCE = 128;

    /**
     * Spreads buckets over distances.
     *
     * @param table a row for each bucket, a number for each head
     */
    static DistanceBias of(float[] table, EncoderSettings settings) {
        int heads = settings.heads();
        int pieces = settings.maxPieces();
        float[][] biases = new float[heads][2 * pieces - 1];
        for (int distance = 1 - pieces; distance < pieces; distance++) {
            int bucket = bucket(distance, settings.buckets());
            for (int head = 0; head < heads; head++) {
                biases[head][distance + pieces - 1] = table[bucket * heads + head];
            }
        }
        return new DistanceBias(biases, pieces);
    }

    /** In float32 as PyTorch computes it: the last bit decides at bucket borders. */
    static int bucket(int distance, int buckets) {
        int half = buckets / 2;
        int exact = half / 2;
        int side = distance > 0 ? half : 0;
        int far = Math.abs(distance);
        if (far < exact) {
            return side + far;
        }
        float log = (float) Math.log((float) far / exact);
        float share = log / (float) Math.log((double) MAX_DISTANCE / exact);
        return side + Math.min(half - 1, exact + (int) (share * (half - exact)));
    }

    /** Where the biases of a head begin for a query at {@code row}, with the key at 0. */
    int offset(int row) {
        return pieces - 1 - row;
    }
}
