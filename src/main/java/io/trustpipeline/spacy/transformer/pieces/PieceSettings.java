package io.trustpipeline.spacy.transformer.pieces;

/**
 * What surrounds a model in a tokenizer.
 *
 * @param open the piece before a text
 * @param close the piece after a text
 * @param trimOffsets whether offsets leave out blanks
 * @param addPrefixSpace whether a text is cut as if a blank stood before it
 * @param maxLength the most pieces a text may have
 */
record PieceSettings(int open, int close, boolean trimOffsets, boolean addPrefixSpace, int maxLength) {}
