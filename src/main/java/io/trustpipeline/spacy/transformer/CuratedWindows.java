package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.encoder.EncoderWorker;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of pieces around the part of a document that is looked at. They are computed once while the part slides
 * forward. Of a document only the numbers of its pieces are kept. For one thread.
 */
final class CuratedWindows {

    /** Pieces that go to the encoder together, unless one window has more. */
    private static final int BATCH = 1024;

    /** Tokens of the longest document that is encoded with others. */
    private static final int LONGEST_PREPARED = 512;

    /** A window to encode: its first piece, and how many it has. */
    private record Window(CutDocument document, int start, int length) {}

    private final CuratedTransformer transformer;
    private final EncoderWorker worker;
    private final int rowStride;
    private final List<Window> batch = new ArrayList<>();
    private final Map<Doc, CutDocument> prepared = new IdentityHashMap<>();
    private int batchRows;
    private @Nullable Doc doc;
    private @Nullable CutDocument cut;

    CuratedWindows(CuratedTransformer transformer) {
        this.transformer = transformer;
        this.worker = transformer.encoder().newWorker();
        this.rowStride = transformer.encoder().stride();
    }

    /** Encodes documents that come next, the windows of several in one matrix. */
    void prepare(List<Doc> documents) {
        prepared.clear();
        for (Doc document : documents) {
            if (document.length() <= LONGEST_PREPARED && !prepared.containsKey(document)) {
                CutDocument pieces = new CutDocument(document, transformer.pieces());
                for (int window = 0; window < pieces.windows(transformer.stride()); window++) {
                    add(pieces, window);
                }
                prepared.put(document, pieces);
            }
        }
        encode();
    }

    /** Writes the pooled rows of some tokens. */
    void pool(Doc document, int from, int to, Pooling pooling, float[] out, int o0, int outStride) {
        CutDocument pieces = cut;
        if (document != doc || pieces == null) {
            CutDocument ready = prepared.remove(document);
            pieces = ready == null ? new CutDocument(document, transformer.pieces()) : ready;
            cut = pieces;
            doc = document;
        }
        Arrays.fill(out, o0, o0 + (to - from) * outStride, 0);
        if (pieces.start(from) == pieces.start(to)) {
            return;
        }
        int stride = transformer.stride();
        cover(pieces, pieces.start(from) / stride, (pieces.start(to) - 1) / stride);
        int window = pieces.first();
        for (float[] rows : pieces.rows()) {
            int begin = Math.max(pieces.start(from), window * stride);
            int end = Math.min(pieces.start(to), (window + 1) * stride);
            pool(pieces, rows, window * stride, begin, end, from, pooling, out, o0, outStride);
            window++;
        }
    }

    /** Adds the pieces {@code [begin, end)} of one window, whose first piece is {@code base}, to their tokens' rows. */
    private void pool(
            CutDocument pieces,
            float[] rows,
            int base,
            int begin,
            int end,
            int from,
            Pooling pooling,
            float[] out,
            int o0,
            int outStride) {
        int token = from;
        for (int piece = begin; piece < end; piece++) {
            while (pieces.start(token + 1) <= piece) {
                token++;
            }
            pooling.add(
                    rows,
                    (piece - base) * rowStride,
                    out,
                    o0 + (token - from) * outStride,
                    transformer.width(),
                    piece - pieces.start(token),
                    pieces.start(token + 1) - pieces.start(token));
        }
    }

    /** Makes sure that the windows {@code from} to {@code to} (inclusive) are computed, and forgets those before. */
    private void cover(CutDocument pieces, int from, int to) {
        if (from < pieces.first() || from > pieces.first() + pieces.rows().size()) {
            // What a window's rows are depends on the two before it, at most.
            pieces.restart(Math.max(0, from - 2));
        }
        for (int window = pieces.first() + pieces.rows().size(); window <= to; window++) {
            add(pieces, window);
        }
        encode();
        pieces.forgetBefore(from);
    }

    private void add(CutDocument pieces, int window) {
        int start = window * transformer.stride();
        int length = Math.min(transformer.window(), pieces.pieces().count() - start);
        if (batchRows + length > BATCH) {
            encode();
        }
        batch.add(new Window(pieces, start, length));
        batchRows += length;
    }

    private void encode() {
        if (batch.isEmpty()) {
            return;
        }
        int[] lengths = batch.stream().mapToInt(Window::length).toArray();
        int[] ids = new int[batchRows];
        int at = 0;
        for (Window window : batch) {
            for (int piece = 0; piece < window.length; piece++) {
                ids[at++] = window.document.pieces().id(window.start + piece);
            }
        }
        float[] hidden = new float[batchRows * rowStride];
        worker.encode(ids, lengths, lengths.length, hidden);
        int row = 0;
        for (Window window : batch) {
            float[] rows = Arrays.copyOfRange(hidden, row * rowStride, (row + window.length) * rowStride);
            window.document.append(rows, transformer.stride() * rowStride);
            row += window.length;
        }
        batch.clear();
        batchRows = 0;
    }
}
