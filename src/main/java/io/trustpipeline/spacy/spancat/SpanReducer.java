package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.tok2vec.TensorWindow;

/**
 * Turns the token rows of a span into one hidden row (spaCy's {@code mean_max_reducer} without its layer normalisation,
 * which is part of the {@link Scorer} here): the rows of the last and of the first token, the mean and the maximum of all
 * of them, through one maxout layer. Immutable and shared by threads.
 *
 * <pre>
 *   hidden = maxout([last | first | mean | max])    [4 * width] to [hidden]
 * </pre>
 */
interface SpanReducer {

    /** The four parts of a span's row, in the order of the weights. */
    int PARTS = 4;

    /** Floats from one hidden row to the next. */
    int hiddenStride();

    /** A workspace for tiles of at most this many candidates. */
    Worker newWorker(int capacity);

    /** One thread's workspace. */
    interface Worker {

        /** Writes the hidden rows of the tile's candidates, whose tokens the window covers. */
        void reduce(TensorWindow window, CandidateTile tile, float[] hidden);
    }
}
