package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.encoder.EncoderWorker;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The encoded windows around the part of a document that is looked at. Windows are computed once while the part slides
 * forward, and used again for others once it has passed them. For one thread.
 */
final class WindowEncoder {

    /** Pieces that go to the encoder together, unless one window has more. */
    private static final int BATCH = 1024;

    /** Tokens of the longest document that is encoded with others. */
    private static final int LONGEST_PREPARED = 512;

    private final Transformer transformer;
    private final EncoderWorker worker;
    private final Deque<PieceWindow> windows = new ArrayDeque<>();
    private final Deque<PieceWindow> spare = new ArrayDeque<>();
    private final List<PieceWindow> batch = new ArrayList<>();
    private final Map<Doc, List<PieceWindow>> prepared = new IdentityHashMap<>();
    private int[] ids = new int[0];
    private int[] lengths = new int[0];
    private float[] hidden = new float[0];
    private int[] totals = new int[0];
    private int[] seen = new int[0];
    private @Nullable Doc doc;

    /** How {@link #doc} is cut. */
    private SpanGetter.@Nullable Windows cuts;

    WindowEncoder(Transformer transformer) {
        this.transformer = transformer;
        this.worker = transformer.encoder().newWorker();
    }

    /**
     * Encodes documents that come next, as long as they have few pieces together: a matrix of several is computed faster than
     * several matrices.
     */
    void prepare(List<Doc> documents) {
        prepared.values().forEach(spare::addAll);
        prepared.clear();
        int rows = 0;
        for (Doc document : documents) {
            if (document.length() > LONGEST_PREPARED || prepared.containsKey(document)) {
                continue;
            }
            SpanGetter.Windows all = transformer.spans().of(document);
            List<PieceWindow> own = new ArrayList<>();
            for (int index = 0; index < all.count(); index++) {
                PieceWindow window = open(document, all, index);
                rows = addToBatch(window, rows);
                own.add(window);
            }
            prepared.put(document, own);
        }
        encodeBatch(rows);
    }

    private PieceWindow open(Doc document, SpanGetter.Windows all, int index) {
        PieceWindow window = spare.isEmpty() ? new PieceWindow() : spare.pop();
        window.open(document, all, index, transformer.tokenizer(), transformer.alignsByOffsets());
        return window;
    }

    /** Returns the rows of the batch with the window. */
    private int addToBatch(PieceWindow window, int rows) {
        int count = window.pieces().count();
        boolean full = rows + count > BATCH;
        if (full) {
            encodeBatch(rows);
        }
        batch.add(window);
        return full ? count : rows + count;
    }

    /** Makes sure that every window with a token of {@code [from, to)} is encoded, and forgets those before. */
    void cover(Doc document, int from, int to) {
        if (document != doc) {
            open(document);
        }
        SpanGetter.Windows all = Objects.requireNonNull(cuts);
        int first = all.firstWith(from);
        if (!windows.isEmpty() && windows.getFirst().index() > first) {
            spare.addAll(windows);
            windows.clear();
        }
        while (!windows.isEmpty() && windows.getFirst().index() < first) {
            spare.push(windows.removeFirst());
        }
        int last = all.lastBefore(to);
        int rows = 0;
        for (int index = first + windows.size(); index < last; index++) {
            PieceWindow window = open(document, all, index);
            rows = addToBatch(window, rows);
            windows.addLast(window);
        }
        encodeBatch(rows);
    }

    private void open(Doc document) {
        spare.addAll(windows);
        windows.clear();
        doc = document;
        cuts = transformer.spans().of(document);
        List<PieceWindow> own = prepared.remove(document);
        if (own != null) {
            windows.addAll(own);
        }
    }

    private void encodeBatch(int rows) {
        if (batch.isEmpty()) {
            return;
        }
        int stride = transformer.encoder().stride();
        ids = ids.length < rows ? new int[rows] : ids;
        lengths = lengths.length < batch.size() ? new int[batch.size()] : lengths;
        hidden = hidden.length < rows * stride ? new float[rows * stride] : hidden;
        int row = 0;
        for (int number = 0; number < batch.size(); number++) {
            PieceWindow window = batch.get(number);
            lengths[number] = window.pieces().count();
            for (int piece = 0; piece < lengths[number]; piece++) {
                ids[row++] = window.pieces().id(piece);
            }
        }
        worker.encode(ids, lengths, batch.size(), hidden);
        row = 0;
        for (int number = 0; number < batch.size(); number++) {
            batch.get(number).setRows(hidden, row * stride, stride);
            row += lengths[number];
        }
        batch.clear();
    }

    /** Writes the pooled rows of covered tokens. */
    void pool(int from, int to, Pooling pooling, float[] out, int o0, int outStride) {
        int tokens = to - from;
        totals = totals.length < tokens ? new int[tokens] : totals;
        seen = seen.length < tokens ? new int[tokens] : seen;
        Arrays.fill(totals, 0, tokens, 0);
        Arrays.fill(seen, 0, tokens, 0);
        Arrays.fill(out, o0, o0 + tokens * outStride, 0);
        for (PieceWindow window : windows) {
            for (int pair = 0; pair < window.pairs(); pair++) {
                int token = window.token(pair) - from;
                if (token >= 0 && token < tokens && window.isWhole(pair)) {
                    totals[token]++;
                }
            }
        }
        int width = transformer.encoder().width();
        int stride = transformer.encoder().stride();
        for (PieceWindow window : windows) {
            for (int pair = 0; pair < window.pairs(); pair++) {
                int token = window.token(pair) - from;
                if (token >= 0 && token < tokens && window.isWhole(pair)) {
                    pooling.add(
                            window.rows(),
                            window.piece(pair) * stride,
                            out,
                            o0 + token * outStride,
                            width,
                            seen[token]++,
                            totals[token]);
                }
            }
        }
    }
}
