package io.trustpipeline.score;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The words of a span, without ASCII punctuation and in lower case.
 *
 * @param words what white space separates
 * @param counts how often each run of two or more word characters occurs, as scikit-learn's CountVectorizer counts
 * @param square sum of the squares of the counts
 */
record SpanWords(Set<String> words, Map<String, Integer> counts, long square) {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final BigInteger FORTY_NINE = BigInteger.valueOf(49);

    static SpanWords of(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(point -> !PythonText.isPunctuation(point)).forEach(kept::appendCodePoint);
        String plain = PythonText.lower(kept.toString());

        Set<String> words = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        int wordStart = 0;
        int runStart = 0;
        int runLength = 0;
        int point;
        for (int i = 0; i < plain.length(); i += Character.charCount(point)) {
            point = plain.codePointAt(i);
            if (PythonText.isSpace(point)) {
                addWord(words, plain, wordStart, i);
                wordStart = i + 1;
            }
            if (PythonText.isWord(point)) {
                runStart = runLength == 0 ? i : runStart;
                runLength++;
            } else {
                addRun(counts, plain, runStart, i, runLength);
                runLength = 0;
            }
        }
        addWord(words, plain, wordStart, plain.length());
        addRun(counts, plain, runStart, plain.length(), runLength);
        long square = counts.values().stream()
                .mapToLong(count -> (long) count * count)
                .sum();
        return new SpanWords(words, counts, square);
    }

    private static void addWord(Set<String> words, String text, int start, int end) {
        if (end > start) {
            words.add(text.substring(start, end));
        }
    }

    private static void addRun(Map<String, Integer> counts, String text, int start, int end, int codePoints) {
        if (codePoints >= 2) {
            counts.merge(text.substring(start, end), 1, Integer::sum);
        }
    }

    /** Whether both share a word and the cosine of their counts is above 0.7. */
    boolean similar(SpanWords other) {
        return !Collections.disjoint(words, other.words) && cosineIsAbove70Percent(other);
    }

    /** Compared squared and in whole numbers, so that exactly 0.7 is not above it whatever the rounding. */
    private boolean cosineIsAbove70Percent(SpanWords other) {
        long product = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            product += (long) entry.getValue() * other.counts.getOrDefault(entry.getKey(), 0);
        }
        BigInteger squared = BigInteger.valueOf(product).pow(2).multiply(HUNDRED);
        BigInteger norms = BigInteger.valueOf(square).multiply(BigInteger.valueOf(other.square));
        return squared.compareTo(norms.multiply(FORTY_NINE)) > 0;
    }
}
