package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reduces a document's tensor to one row, in one way or several side by side (spaCy's {@code TextCatReduce}). Immutable. */
record Reductions(Tok2Vec tensor, List<Reduction> reductions) implements DocumentLayer {

    private static final int TOKENS = 64;

    /** thinc's layers that make one row of many. */
    enum Reduction {
        FIRST("reduce_first"),
        LAST("reduce_last"),
        MAX("reduce_max"),
        MEAN("reduce_mean"),
        SUM("reduce_sum");

        private final String layer;

        Reduction(String layer) {
            this.layer = layer;
        }

        static Optional<Reduction> find(String layer) {
            return Arrays.stream(values())
                    .filter(reduction -> reduction.layer.equals(layer))
                    .findFirst();
        }

        void add(float[] rows, int row, float[] out, int o0, int width, boolean first) {
            switch (this) {
                case FIRST -> {
                    if (first) {
                        System.arraycopy(rows, row, out, o0, width);
                    }
                }
                case LAST -> System.arraycopy(rows, row, out, o0, width);
                case MAX -> {
                    for (int i = 0; i < width; i++) {
                        out[o0 + i] = first ? rows[row + i] : Math.max(out[o0 + i], rows[row + i]);
                    }
                }
                case MEAN, SUM -> {
                    for (int i = 0; i < width; i++) {
                        out[o0 + i] = first ? rows[row + i] : out[o0 + i] + rows[row + i];
                    }
                }
            }
        }

        void end(float[] out, int o0, int width, int tokens) {
            if (this == MEAN) {
                for (int i = 0; i < width; i++) {
                    out[o0 + i] /= tokens;
                }
            }
        }
    }

    Reductions {
        reductions = List.copyOf(reductions);
    }

    @Override
    public int width() {
        return reductions.size() * tensor.width();
    }

    @Override
    public Optional<Tok2Vec> tok2vec() {
        return Optional.of(tensor);
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        TensorWindow window = windows.apply(tensor);
        return (doc, out, o0) -> reduce(window, doc, out, o0);
    }

    private void reduce(TensorWindow window, Doc doc, float[] out, int o0) {
        int width = tensor.width();
        for (int from = 0; from < doc.length(); from += TOKENS) {
            int to = Math.min(doc.length(), from + TOKENS);
            window.cover(from, to);
            for (int part = 0; part < reductions.size(); part++) {
                for (int token = from; token < to; token++) {
                    reductions
                            .get(part)
                            .add(window.rows(), window.offset(token), out, o0 + part * width, width, token == 0);
                }
            }
        }
        for (int part = 0; part < reductions.size(); part++) {
            reductions.get(part).end(out, o0 + part * width, width, doc.length());
        }
    }
}
