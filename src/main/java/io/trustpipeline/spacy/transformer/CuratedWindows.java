package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.encoder.EncoderWorker;
import io.trustpipeline.spacy.transformer.pieces.Pieces;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The windows of pieces around the part of a document that is looked at. They are computed once while the part slides
 * forward. Of a document only the numbers of its pieces are kept. For one thread.
 */
final class CuratedWindows {

    /** Pieces that go to the encoder together, unless one window has more. */
    private static final int BATCH = 1024;

    private final CuratedTransformer transformer;
    private final EncoderWorker worker;
    private final int rowStride;
    private final Pieces pieces = new Pieces();

    /** Where the pieces of each token start. */
    private int[] starts = new int[0];

    /** The rows of consecutive windows; those of {@link #first} come first. */
    private final Deque<float[]> windows = new ArrayDeque<>();

    private int first;
    private @Nullable Doc doc;

    CuratedWindows(CuratedTransformer transformer) {
        this.transformer = transformer;
        this.worker = transformer.encoder().newWorker();
        this.rowStride = transformer.encoder().stride();
    }

    /** Writes the pooled rows of some tokens. */
    void pool(Doc document, int from, int to, Pooling pooling, float[] out, int o0, int outStride) {
        if (document != doc) {
            cut(document);
        }
        Arrays.fill(out, o0, o0 + (to - from) * outStride, 0);
        if (starts[from] == starts[to]) {
            return;
        }
        int stride = transformer.stride();
        cover(starts[from] / stride, (starts[to] - 1) / stride);
        int window = first;
        for (float[] rows : windows) {
            int begin = Math.max(starts[from], window * stride);
            int end = Math.min(starts[to], (window + 1) * stride);
            pool(rows, window * stride, begin, end, from, pooling, out, o0, outStride);
            window++;
        }
    }

    /** Adds the pieces {@code [begin, end)} of one window, whose first piece is {@code base}, to their tokens' rows. */
    private void pool(
            float[] rows, int base, int begin, int end, int from, Pooling pooling, float[] out, int o0, int outStride) {
        int token = from;
        for (int piece = begin; piece < end; piece++) {
            while (starts[token + 1] <= piece) {
                token++;
            }
            pooling.add(
                    rows,
                    (piece - base) * rowStride,
                    out,
                    o0 + (token - from) * outStride,
                    transformer.width(),
                    piece - starts[token],
                    starts[token + 1] - starts[token]);
        }
    }

    private void cut(Doc document) {
        doc = document;
        windows.clear();
        first = 0;
        pieces.clear();
        int tokens = document.length();
        starts = starts.length <= tokens ? new int[tokens + 1] : starts;
        pieces.append(transformer.pieces().open());
        for (int token = 0; token < tokens; token++) {
            starts[token] = pieces.count();
            if (document.attribute(Attribute.IS_SPACE, token) == 0) {
                boolean spaceBefore = token > 0 && document.spaceAfter(token - 1);
                transformer.pieces().cut(document.tokenText(token), spaceBefore, pieces);
            }
        }
        starts[tokens] = pieces.count();
        pieces.append(transformer.pieces().close());
    }

    /** Makes sure that the windows {@code from} to {@code to} (inclusive) are computed, and forgets those before. */
    private void cover(int from, int to) {
        if (from < first || from > first + windows.size()) {
            // What a window's rows are depends on the two before it, at most.
            windows.clear();
            first = Math.max(0, from - 2);
        }
        int next = first + windows.size();
        while (next <= to) {
            int count = Math.max(1, Math.min(to - next + 1, BATCH / transformer.window()));
            encode(next, count);
            next += count;
        }
        // The last is kept: the next is averaged with it.
        while (first < from && windows.size() > 1) {
            windows.removeFirst();
            first++;
        }
    }

    private void encode(int from, int count) {
        int[] lengths = new int[count];
        int total = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = Math.min(transformer.window(), pieces.count() - (from + i) * transformer.stride());
            total += lengths[i];
        }
        int[] ids = new int[total];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int piece = 0; piece < lengths[i]; piece++) {
                ids[at++] = pieces.id((from + i) * transformer.stride() + piece);
            }
        }
        float[] hidden = new float[total * rowStride];
        worker.encode(ids, lengths, count, hidden);
        int row = 0;
        for (int length : lengths) {
            float[] rows = Arrays.copyOfRange(hidden, row * rowStride, (row + length) * rowStride);
            if (!windows.isEmpty()) {
                average(windows.getLast(), rows);
            }
            windows.addLast(rows);
            row += length;
        }
    }

    /** Both windows get the mean where they overlap. */
    private void average(float[] before, float[] after) {
        int shift = transformer.stride() * rowStride;
        int overlap = Math.min(before.length - shift, after.length);
        for (int i = 0; i < overlap; i++) {
            after[i] = (before[shift + i] + after[i]) / 2;
            before[shift + i] = after[i];
        }
    }
}
