package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Doc;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The part of a document's tensor that is in memory. It slides along the document, so that memory depends on what the
 * components look at together and not on the document's length; all that listen to one tok2vec share its window.
 *
 * <p>Belongs to one thread.
 */
public final class TensorWindow {

    /** How many rows are computed at a time: most comments fit, and the rows stay in the processor's cache. */
    static final int TOKENS = 256;

    private final int stride;
    private final int width;
    private final Tok2Vec.Encoder encoder;
    private float[] rows = new float[0];
    private @Nullable Doc doc;
    private int first;
    private int last;
    private int listeners;

    /** A window over the tensors of one tok2vec. */
    public TensorWindow(Tok2Vec tok2vec) {
        this.stride = tok2vec.stride();
        this.width = tok2vec.width();
        this.encoder = tok2vec.newEncoder();
    }

    /** Says which documents are opened next; see {@link Tok2Vec.Encoder#prepare}. */
    public void prepare(List<Doc> documents) {
        encoder.prepare(documents);
    }

    /** Turns to another document. */
    public void open(Doc document) {
        doc = document;
        first = 0;
        last = 0;
    }

    /** Counts one more component that listens. */
    public void listen() {
        listeners++;
    }

    /** Whether several components look at these rows, each from the start of the document to its end. */
    public boolean isShared() {
        return listeners > 1;
    }

    /** Identifies tokens of the document; see {@link Tok2Vec.Encoder#identify}. */
    public void identify(int from, int to, int[] ids, int at) {
        encoder.identify(Objects.requireNonNull(doc, "open() comes first"), from, to, ids, at);
    }

    /**
     * Makes sure that the rows of the tokens {@code from} (inclusive) to {@code to} (exclusive) are in memory, and takes
     * some more along for what is asked next.
     */
    public void cover(int from, int to) {
        cover(from, to, TOKENS);
    }

    /** The same without a row more than asked for. */
    public void coverOnly(int from, int to) {
        cover(from, to, 0);
    }

    private void cover(int from, int to, int ahead) {
        if (from >= first && to <= last) {
            return;
        }
        Doc document = Objects.requireNonNull(doc, "open() comes first");
        int kept = from >= first && from < last ? last - from : 0;
        int until = Math.min(document.length(), Math.max(to, from + kept + ahead));
        float[] source = rows;
        int needed = (until - from) * stride;
        if (needed > rows.length) {
            rows = new float[Math.max(needed, rows.length + rows.length / 2)];
        }
        System.arraycopy(source, kept == 0 ? 0 : offset(from), rows, 0, kept * stride);
        first = from;
        last = from + kept;
        while (last < until) {
            int next = Math.min(until, last + TOKENS);
            encoder.encode(document, last, next, rows, offset(last));
            last = next;
        }
    }

    /** Where the row of a covered token starts in {@link #rows()}. */
    public int offset(int token) {
        return (token - first) * stride;
    }

    /** The array that holds the covered rows until the next call of {@link #cover}. */
    public float[] rows() {
        return rows;
    }

    /** Numbers in a row. */
    public int width() {
        return width;
    }

    /** Floats from the start of one row to the start of the next. */
    public int stride() {
        return stride;
    }
}
