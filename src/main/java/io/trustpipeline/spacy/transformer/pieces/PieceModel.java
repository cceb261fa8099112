package io.trustpipeline.spacy.transformer.pieces;

/** Cuts text without added tokens into pieces. Immutable and shared by threads. */
sealed interface PieceModel permits ByteLevelBpe, WordPiece, SlowWordPiece, UnigramPieces, SentencePieces {

    /** What a text is turned into before added tokens are looked for. */
    default int[] prepare(int[] text, AddedTokens added) {
        return text;
    }

    /** Appends the pieces of {@code text[from, to)}. */
    void cut(int[] text, int from, int to, Pieces out);

    /** How many blanks the piece starts with that do not count as its text. */
    default int leadingBlanks(int id) {
        return 0;
    }

    /** How many blanks the piece ends with that do not count as its text. */
    default int trailingBlanks(int id) {
        return 0;
    }
}
