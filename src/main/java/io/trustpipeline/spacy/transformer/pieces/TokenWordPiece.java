package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.regex.Unicode;
import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.Map;

/**
 * Word pieces of single tokens. Other than in Hugging Face's tokenizers, the pieces of a word that were found stay when the
 * rest is unknown.
 *
 * @param splits whether every punctuation character is a word of its own
 */
record TokenWordPiece(
        Map<String, Integer> vocabulary, boolean lower, boolean strip, boolean splits, int unknown, int open, int close)
        implements TokenPieces {

    TokenWordPiece {
        vocabulary = Map.copyOf(vocabulary);
    }

    @Override
    public void cut(String token, boolean spaceBefore, Pieces out) {
        String text = lower ? Unicode.lower(token) : token;
        int[] word = (strip ? Normalizer.normalize(text, Normalizer.Form.NFD) : text)
                .codePoints()
                .filter(codePoint -> !strip || Character.getType(codePoint) != Character.NON_SPACING_MARK)
                .toArray();
        int start = 0;
        for (int at = 0; splits && at < word.length; at++) {
            if (isPunctuation(word[at])) {
                cut(word, start, at, out);
                cut(word, at, at + 1, out);
                start = at + 1;
            }
        }
        cut(word, start, word.length, out);
    }

    private void cut(int[] word, int from, int to, Pieces out) {
        for (int start = from; start < to; ) {
            int end = to;
            Integer id = piece(word, from, start, end);
            while (id == null && end - 1 > start) {
                id = piece(word, from, start, --end);
            }
            out.add(id == null ? unknown : id, 0, 0);
            start = id == null ? to : end;
        }
    }

    private @Nullable Integer piece(int[] word, int first, int start, int end) {
        return vocabulary.get((start == first ? "" : "##") + new String(word, start, end - start));
    }

    /** ASCII that is neither letter nor digit, and the Unicode category P. */
    private static boolean isPunctuation(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint > ' ' && codePoint < 0x7F && !Character.isLetterOrDigit(codePoint);
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
