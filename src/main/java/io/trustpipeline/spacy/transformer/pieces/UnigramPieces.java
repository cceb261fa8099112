package io.trustpipeline.spacy.transformer.pieces;

import java.util.List;

/**
 * Unigram pieces as Hugging Face's fast tokenizers cut them (XLM-RoBERTa, CamemBERT): a text is normalised, added tokens that are
 * looked for in normalised text are cut out, a mark is written for blanks and before words, and every marked word is cut by
 * itself. Immutable.
 *
 * @param added tokens that are looked for in the normalised text
 * @param splits whether white space is dropped before blanks are marked
 * @param prepends whether a mark is written before a text that does not start with one
 */
record UnigramPieces(TextNormalizer normalizer, AddedTokens added, boolean splits, boolean prepends, Unigram model)
        implements PieceModel {

    /** Stands for a blank. */
    static final int MARK = 0x2581;

    @Override
    public void cut(int[] text, int from, int to, Pieces out) {
        NormalizedText normalized = normalizer.normalize(text, from, to);
        List<AddedTokens.Part> parts =
                normalized.length() == 0 ? List.of() : List.of(new AddedTokens.Part(0, normalized.length(), null));
        for (AddedTokens.Part part : added.split(normalized.characters(), parts)) {
            AddedToken token = part.token();
            if (token != null) {
                out.add(token.id(), normalized.start(part.start()), normalized.end(part.end() - 1));
            } else if (splits) {
                cutWords(normalized, part.start(), part.end(), out);
            } else {
                mark(normalized, part.start(), part.end(), out);
            }
        }
    }

    private void cutWords(NormalizedText text, int from, int to, Pieces out) {
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at == to || Characters.SPACE.contains(text.characters()[at])) {
                if (start < at) {
                    mark(text, start, at, out);
                }
                start = at + 1;
            }
        }
    }

    private void mark(NormalizedText text, int from, int to, Pieces out) {
        NormalizedText marked = new NormalizedText(to - from + 1);
        int first = text.characters()[from];
        if (prepends && first != ' ' && first != MARK) {
            marked.add(MARK, text.start(from), text.end(from));
        }
        for (int at = from; at < to; at++) {
            int character = text.characters()[at];
            marked.add(character == ' ' ? MARK : character, text.start(at), text.end(at));
        }
        int start = 0;
        for (int at = 1; at <= marked.length(); at++) {
            if (at == marked.length() || marked.characters()[at] == MARK) {
                model.cut(
                        marked.characters(),
                        start,
                        at,
                        (piece, begin, end) -> out.add(piece, marked.start(begin), marked.end(end - 1)));
                start = at;
            }
        }
    }
}
