package io.trustpipeline.spacy.transformer.pieces;

/**
 * SentencePiece as the slow tokenizers of XLM-RoBERTa and CamemBERT use it: the numbers of pieces are moved to make room for
 * fairseq's special ones. Pieces have no offsets. Immutable.
 *
 * @param offset how far numbers are moved
 * @param unknown the unknown piece
 */
record SentencePieces(SentencePieceModel model, int offset, int unknown) implements PieceModel {

    @Override
    public void cut(int[] text, int from, int to, Pieces out) {
        model.cut(
                text, from, to, (piece, start, end) -> out.append(piece == model.unknown() ? unknown : piece + offset));
    }
}
