package io.trustpipeline.spacy.transformer.pieces;

import java.util.Map;

/** Cuts words into the longest pieces that a vocabulary knows, from the left (BERT's WordPiece). Immutable. */
final class LongestPrefixes {

    private final Map<String, Integer> vocabulary;
    private final String prefix;
    private final int longest;

    /** @param prefix of the pieces that continue a word */
    LongestPrefixes(Map<String, Integer> vocabulary, String prefix) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.prefix = prefix;
        this.longest = vocabulary.keySet().stream()
                .mapToInt(piece -> piece.codePointCount(0, piece.length()))
                .max()
                .orElse(0);
    }

    /**
     * The pieces of the word {@code letters[0, length)}.
     *
     * @param pieces receives their numbers
     * @param ends receives where each ends
     * @return how many there are; 0 when the word cannot be made of pieces
     */
    int find(int[] letters, int length, int[] pieces, int[] ends) {
        int count = 0;
        for (int start = 0; start < length; count++) {
            Integer id = null;
            int end = Math.min(length, start + longest);
            while (end > start && id == null) {
                String text = new String(letters, start, end - start);
                id = vocabulary.get(start == 0 ? text : prefix + text);
                end--;
            }
            if (id == null) {
                return 0;
            }
            pieces[count] = id;
            ends[count] = end + 1;
            start = end + 1;
        }
        return count;
    }
}
