package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.pieces.PieceTokenizer;
import io.trustpipeline.spacy.transformer.pieces.Pieces;

/** A window of a document: its pieces, the tokens they belong to, and, once computed, their hidden states. */
final class PieceWindow {

    private final Pieces pieces = new Pieces();
    private final Alignment alignment = new Alignment();
    private int index;
    private float[] rows = new float[0];

    /**
     * Turns to another window.
     *
     * @param byOffsets whether pieces are aligned by offsets, or by text
     */
    void open(Doc doc, SpanGetter.Windows windows, int number, PieceTokenizer tokenizer, boolean byOffsets) {
        index = number;
        alignment.clear();
        int from = windows.start(number);
        int to = windows.end(number);
        String text = doc.slice(doc.startChar(from), doc.endChar(to - 1));
        tokenizer.tokenize(text.codePoints().toArray(), pieces);
        if (byOffsets) {
            pieces.truncate(tokenizer.maxLength());
            OffsetAligner.align(doc, from, to, pieces, alignment);
        } else {
            DiffAligner.align(doc, from, to, text, pieces, tokenizer, alignment);
            pieces.truncate(tokenizer.maxLength());
        }
    }

    int index() {
        return index;
    }

    Pieces pieces() {
        return pieces;
    }

    /** How many pairs of token and piece there are. */
    int pairs() {
        return alignment.count();
    }

    int token(int pair) {
        return alignment.token(pair);
    }

    int piece(int pair) {
        return alignment.piece(pair);
    }

    /** Whether a pair's piece goes to the encoder. */
    boolean isWhole(int pair) {
        return alignment.piece(pair) < pieces.count();
    }

    /** Takes the hidden states of its pieces. */
    void setRows(float[] source, int from, int stride) {
        int length = pieces.count() * stride;
        if (rows.length < length) {
            rows = new float[length];
        }
        System.arraycopy(source, from, rows, 0, length);
    }

    float[] rows() {
        return rows;
    }
}
