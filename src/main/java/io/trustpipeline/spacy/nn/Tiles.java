package io.trustpipeline.spacy.nn;

/** Rows in whole tiles. */
public final class Tiles {

    private Tiles() {}

    /** {@code n} rounded up to whole tiles. */
    public static int ceil(int n) {
        return PackedWeights.ceilDiv(n, Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
    }

    /** Repeats the last of {@code n} row offsets until the last tile is full; returns the number of rows then. */
    public static int fill(int[] rows, int n) {
        int filled = ceil(n);
        for (int i = n; i < filled; i++) {
            rows[i] = rows[n - 1];
        }
        return filled;
    }
}
