package io.trustpipeline.spacy.transformer;

/** How the pieces of a token become one row: thinc's reductions. A token without pieces gets zeros. */
public enum Pooling {
    MEAN("reduce_mean"),
    MAX("reduce_max"),
    FIRST("reduce_first"),
    LAST("reduce_last"),
    SUM("reduce_sum");

    private final String layer;

    Pooling(String layer) {
        this.layer = layer;
    }

    /** The name of thinc's layer. */
    public String layer() {
        return layer;
    }

    /**
     * Adds a piece to a token's row.
     *
     * @param earlier how many pieces the row has already; it is zero when there are none
     * @param total how many it will have
     */
    void add(float[] piece, int from, float[] row, int to, int width, int earlier, int total) {
        switch (this) {
            case MEAN -> {
                float share = 1.0f / total;
                for (int i = 0; i < width; i++) {
                    row[to + i] += piece[from + i] * share;
                }
            }
            case SUM -> {
                for (int i = 0; i < width; i++) {
                    row[to + i] += piece[from + i];
                }
            }
            case MAX -> {
                for (int i = 0; i < width; i++) {
                    row[to + i] = earlier == 0 ? piece[from + i] : Math.max(row[to + i], piece[from + i]);
                }
            }
            case FIRST -> {
                if (earlier == 0) {
                    System.arraycopy(piece, from, row, to, width);
                }
            }
            case LAST -> System.arraycopy(piece, from, row, to, width);
        }
    }
}
