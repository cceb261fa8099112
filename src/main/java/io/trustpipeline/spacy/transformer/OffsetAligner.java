package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.pieces.Pieces;

/**
 * Aligns by offsets, as spacy-transformers does with fast tokenizers: a piece belongs to every token of which it has a
 * character, and the blank after a token is the token's.
 */
final class OffsetAligner {

    private OffsetAligner() {}

    /** Aligns the tokens {@code from} to {@code to}, whose text the pieces are cut from. */
    static void align(Doc doc, int from, int to, Pieces pieces, Alignment out) {
        int base = doc.startChar(from);
        int token = from;
        for (int piece = 0; piece < pieces.count(); piece++) {
            int start = base + pieces.start(piece);
            int end = base + pieces.end(piece);
            if (start >= end) {
                continue;
            }
            while (token > from && doc.startChar(token) > start) {
                token--;
            }
            while (token + 1 < to && doc.startChar(token + 1) <= start) {
                token++;
            }
            out.add(token, piece);
            for (int next = token + 1; next < to && doc.startChar(next) < end; next++) {
                out.add(next, piece);
            }
        }
    }
}
