package io.trustpipeline.spacy.transformer.pieces;

/** Byte-level BPE of single tokens; the space before a token is part of it. */
record TokenBpe(ByteLevelBpe bpe, int open, int close) implements TokenPieces {

    @Override
    public void cut(String token, boolean spaceBefore, Pieces out) {
        int[] text = (spaceBefore ? " " + token : token).codePoints().toArray();
        bpe.cut(text, 0, text.length, out);
    }
}
