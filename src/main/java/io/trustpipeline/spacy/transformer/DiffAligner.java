package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.regex.Unicode;
import io.trustpipeline.spacy.transformer.pieces.PieceTokenizer;
import io.trustpipeline.spacy.transformer.pieces.Pieces;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Aligns by text, as spacy-alignments does for slow tokenizers, which have no offsets: tokens and pieces are lowered and
 * decomposed (NFKD), joined, and compared character by character ({@link MyersDiff}).
 */
final class DiffAligner {

    private DiffAligner() {}

    /** Aligns the tokens {@code from} to {@code to} with all pieces of their text. */
    static void align(Doc doc, int from, int to, String text, Pieces pieces, PieceTokenizer tokenizer, Alignment out) {
        List<String> specials = tokenizer.specialTexts();
        // Special pieces are no text, unless someone typed one.
        Set<String> blank = specials.stream().anyMatch(text::contains) ? Set.of() : Set.copyOf(specials);
        Joined tokens = new Joined();
        for (int token = from; token < to; token++) {
            tokens.add(doc.tokenText(token), token);
        }
        Joined cut = new Joined();
        for (int piece = 0; piece < pieces.count(); piece++) {
            String spelling = tokenizer.text(pieces.id(piece));
            if (!blank.contains(spelling)) {
                cut.add(spelling, piece);
            }
        }
        int[] matches = new MyersDiff(tokens.characters(), cut.characters()).matches();
        int lastToken = -1;
        int lastPiece = -1;
        for (int at = 0; at < matches.length; at++) {
            if (matches[at] < 0) {
                continue;
            }
            int token = tokens.owner(at);
            int piece = cut.owner(matches[at]);
            if (token != lastToken || piece != lastPiece) {
                out.add(token, piece);
            }
            lastToken = token;
            lastPiece = piece;
        }
    }

    /** Normalised texts in a row, each character with the number of its text. */
    private static final class Joined {
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> owners = new ArrayList<>();

        void add(String part, int owner) {
            String normalized = Normalizer.normalize(Unicode.lower(part), Normalizer.Form.NFKD);
            text.append(normalized);
            normalized.codePoints().forEach(codePoint -> owners.add(owner));
        }

        int[] characters() {
            return text.codePoints().toArray();
        }

        int owner(int character) {
            return owners.get(character);
        }
    }
}
