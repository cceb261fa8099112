package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Logistic;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** spaCy's {@code span_finder}: scores every token as the start and as the end of a span, and suggests all pairs. */
public final class SpanFinder implements SpanComponent {

    private static final int TOKENS = 64;

    private final Kernels kernels;
    private final String spansKey;
    private final float threshold;
    private final @Nullable Integer minLength;
    private final @Nullable Integer maxLength;
    private final Tok2Vec tok2vec;
    private final float[] weights;
    private final float[] bias;

    /**
     * A span finder.
     *
     * @param threshold least score of a start or an end
     * @param weights shape [2, width]: of the start, of the end
     * @param bias shape [2]
     */
    SpanFinder(
            Kernels kernels,
            String spansKey,
            float threshold,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            Tok2Vec tok2vec,
            float[] weights,
            float[] bias) {
        this.kernels = kernels;
        this.spansKey = spansKey;
        this.threshold = threshold;
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.tok2vec = tok2vec;
        this.weights = weights;
        this.bias = bias;
    }

    @Override
    public Tok2Vec tok2vec() {
        return tok2vec;
    }

    /** Itself: it has no labels, and what it suggests are the candidates. */
    @Override
    public SpanFinder withAllCandidates() {
        return this;
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Finding(windows.apply(tok2vec));
    }

    private final class Finding implements Worker {

        private final TensorWindow window;
        private final float[] outputs = new float[2];
        private final IntList starts = new IntList();
        private final IntList ends = new IntList();

        Finding(TensorWindow window) {
            this.window = window;
        }

        @Override
        public void annotate(Doc doc, DocSpans spans) {
            starts.clear();
            ends.clear();
            for (int from = 0; from < doc.length(); from += TOKENS) {
                int to = Math.min(doc.length(), from + TOKENS);
                window.cover(from, to);
                for (int token = from; token < to; token++) {
                    find(token);
                }
            }
            spans.put(spansKey, new FoundSpans(starts, ends, minLength, maxLength));
        }

        private void find(int token) {
            kernels.affine(window.rows(), window.offset(token), tok2vec.width(), weights, bias, outputs, 0);
            if (Logistic.of(outputs[0]) >= threshold) {
                starts.add(token);
            }
            if (Logistic.of(outputs[1]) >= threshold) {
                ends.add(token);
            }
        }
    }
}
