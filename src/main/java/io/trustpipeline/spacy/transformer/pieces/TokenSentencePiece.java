package io.trustpipeline.spacy.transformer.pieces;

/**
 * SentencePiece of single tokens.
 *
 * @param vocabulary whose numbers pieces have
 */
record TokenSentencePiece(SentencePieceModel model, Numbering vocabulary) implements TokenPieces {

    /** How SentencePiece's numbers become those of a vocabulary. */
    enum Numbering {
        /** As they are. */
        SENTENCE_PIECE("", 0),
        /** The special pieces stand in another order, and one more is among them. */
        XLM_ROBERTA("xlmr_adapter", 1),
        /** Four more pieces stand before. */
        CAMEMBERT("camembert_adapter", 4);

        /** fairseq's unknown piece. */
        private static final int UNKNOWN = 3;

        private static final int CLOSE = 2;

        /** The layer that does it. */
        final String layer;

        private final int offset;

        Numbering(String layer, int offset) {
            this.layer = layer;
            this.offset = offset;
        }

        int of(int piece) {
            return switch (this) {
                case SENTENCE_PIECE -> piece;
                case XLM_ROBERTA ->
                    switch (piece) {
                        case 0 -> UNKNOWN;
                        case 1 -> 0;
                        case 2 -> CLOSE;
                        default -> piece + offset;
                    };
                case CAMEMBERT -> piece == 0 ? UNKNOWN : piece + offset;
            };
        }
    }

    @Override
    public int open() {
        return vocabulary.of(model.open());
    }

    @Override
    public int close() {
        return vocabulary.of(model.close());
    }

    @Override
    public void cut(String token, boolean spaceBefore, Pieces out) {
        int[] text = token.codePoints().toArray();
        model.cut(text, 0, text.length, (piece, start, end) -> out.append(vocabulary.of(piece)));
    }
}
