package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.regex.Unicode;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * BERT's pieces as the slow tokenizers of transformers 4 cut them, which are programs in Python: its classes of characters, its
 * lower case, composition (NFC) before words are split. Pieces have no offsets. Immutable.
 *
 * @param lower whether text is lowered, that of added tokens excepted
 * @param strip whether accents are dropped
 * @param chinese whether Chinese characters are words of their own
 * @param unknown the piece of a word that cannot be made of others
 */
record SlowWordPiece(LongestPrefixes known, boolean lower, boolean strip, boolean chinese, int unknown)
        implements PieceModel {

    /** Longer words are unknown. */
    private static final int MAX_WORD = 100;

    /** A whole text is lowered character by character, so that a capital sigma never is a final one. */
    @Override
    public int[] prepare(int[] text, AddedTokens added) {
        if (!lower) {
            return text;
        }
        StringBuilder lowered = new StringBuilder(text.length);
        List<AddedTokens.Part> all = List.of(new AddedTokens.Part(0, text.length, null));
        for (AddedTokens.Part part : added.split(text, all)) {
            for (int at = part.start(); at < part.end(); at++) {
                String character = Character.toString(text[at]);
                lowered.append(part.token() == null ? Unicode.lower(character) : character);
            }
        }
        return lowered.codePoints().toArray();
    }

    @Override
    public void cut(int[] text, int from, int to, Pieces out) {
        StringBuilder clean = new StringBuilder(to - from);
        for (int at = from; at < to; at++) {
            int codePoint = text[at];
            boolean blank = codePoint == '\t' || codePoint == '\n' || codePoint == '\r' || isBlank(codePoint);
            if (blank) {
                clean.append(' ');
            } else if (chinese && Characters.BERT_CHINESE.contains(codePoint)) {
                clean.append(' ').appendCodePoint(codePoint).append(' ');
            } else if (codePoint != 0xFFFD && !Unicode.OTHER.contains(codePoint)) {
                clean.appendCodePoint(codePoint);
            }
        }
        Buffers buffers = new Buffers();
        int[] composed =
                Normalizer.normalize(clean, Normalizer.Form.NFC).codePoints().toArray();
        for (int[] token : words(composed)) {
            for (int[] word : words(punctuationApart(changed(token)))) {
                cutWord(word, buffers, out);
            }
        }
    }

    /** The category Zs. */
    private static boolean isBlank(int codePoint) {
        return Unicode.SPACE.contains(codePoint)
                && !Unicode.OTHER.contains(codePoint)
                && codePoint != 0x2028
                && codePoint != 0x2029;
    }

    /** What {@code str.split} of Python leaves. */
    private static List<int[]> words(int[] text) {
        List<int[]> words = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || Unicode.SPACE.contains(text[at])) {
                if (start < at) {
                    words.add(Arrays.copyOfRange(text, start, at));
                }
                start = at + 1;
            }
        }
        return words;
    }

    private String changed(int[] token) {
        String text = new String(token, 0, token.length);
        String lowered = lower ? Unicode.lower(text) : text;
        if (!strip) {
            return lowered;
        }
        StringBuilder stripped = new StringBuilder();
        Normalizer.normalize(lowered, Normalizer.Form.NFD)
                .codePoints()
                .filter(codePoint -> !Unicode.NONSPACING.contains(codePoint))
                .forEach(stripped::appendCodePoint);
        return stripped.toString();
    }

    private static int[] punctuationApart(String token) {
        StringBuilder apart = new StringBuilder();
        token.codePoints().forEach(codePoint -> {
            if (isPunctuation(codePoint)) {
                apart.append(' ').appendCodePoint(codePoint).append(' ');
            } else {
                apart.appendCodePoint(codePoint);
            }
        });
        return apart.codePoints().toArray();
    }

    /** ASCII that is neither letter, digit nor blank, and the categories P. */
    private static boolean isPunctuation(int codePoint) {
        boolean ascii = codePoint > ' ' && codePoint < 0x7F && !Character.isLetterOrDigit(codePoint);
        return ascii || Unicode.PUNCTUATION.contains(codePoint);
    }

    private void cutWord(int[] word, Buffers buffers, Pieces out) {
        int count = word.length > MAX_WORD ? 0 : known.find(word, word.length, buffers.pieces, buffers.ends);
        if (count == 0) {
            out.append(unknown);
        }
        for (int piece = 0; piece < count; piece++) {
            out.append(buffers.pieces[piece]);
        }
    }

    /** Room for the pieces of a word. */
    private static final class Buffers {
        final int[] pieces = new int[MAX_WORD];
        final int[] ends = new int[MAX_WORD];
    }
}
