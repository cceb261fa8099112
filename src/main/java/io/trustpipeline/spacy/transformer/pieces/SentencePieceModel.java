package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.transformer.pieces.CharsMap.Match;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A unigram model of SentencePiece (Kudo and Richardson 2018), with its own normalisation: characters are replaced, white space at
 * both ends is dropped, several blanks are one, and blanks are marked. Immutable.
 *
 * @param pieces the texts of all pieces by their numbers
 * @param map null for none
 * @param dummyPrefix whether a text is cut as if a blank stood before it
 * @param dropsBlanks whether blanks at the ends and all but one of several are dropped
 * @param unknown the number of the unknown piece
 * @param open the number of the piece before a text
 * @param close the number of the piece after a text
 */
record SentencePieceModel(
        Unigram model,
        List<String> pieces,
        @Nullable CharsMap map,
        boolean dummyPrefix,
        boolean dropsBlanks,
        int unknown,
        int open,
        int close) {

    SentencePieceModel {
        pieces = List.copyOf(pieces);
    }

    /** Hands on the pieces of {@code text[from, to)}; the places are those of the normalised text. */
    void cut(int[] text, int from, int to, Unigram.Sink out) {
        NormalizedText normalized = normalize(text, from, to);
        if (normalized.length() > 0) {
            model.cut(normalized.characters(), 0, normalized.length(), out);
        }
    }

    private NormalizedText normalize(int[] text, int from, int to) {
        NormalizedText out = new NormalizedText(to - from + 1);
        int at = from;
        while (dropsBlanks && at < to && isBlank(text, at, to)) {
            at += length(match(text, at, to));
        }
        if (at < to && dummyPrefix) {
            out.add(UnigramPieces.MARK, 0, 0);
        }
        boolean afterBlank = dropsBlanks;
        while (at < to) {
            Match match = match(text, at, to);
            if (match == null) {
                afterBlank = add(text[at], afterBlank, out);
            } else {
                for (int character : replacement(match)) {
                    afterBlank = add(character, afterBlank, out);
                }
            }
            at += length(match);
        }
        while (dropsBlanks && out.length() > 0 && out.characters()[out.length() - 1] == UnigramPieces.MARK) {
            out.truncate(out.length() - 1);
        }
        return out;
    }

    /** Returns whether the next character comes after a blank, where that matters. */
    private boolean add(int character, boolean afterBlank, NormalizedText out) {
        if (character != ' ') {
            out.add(character, 0, 0);
            return false;
        }
        if (!afterBlank) {
            out.add(UnigramPieces.MARK, 0, 0);
        }
        return dropsBlanks;
    }

    private @Nullable Match match(int[] text, int at, int to) {
        return map == null ? null : map.longest(text, at, to);
    }

    private static int length(@Nullable Match match) {
        return match == null ? 1 : match.length();
    }

    private int[] replacement(Match match) {
        return map == null ? new int[0] : map.replacement(match);
    }

    private boolean isBlank(int[] text, int at, int to) {
        Match match = match(text, at, to);
        if (match == null) {
            return text[at] == ' ';
        }
        int[] replacement = replacement(match);
        return replacement.length == 1 && replacement[0] == ' ';
    }
}
