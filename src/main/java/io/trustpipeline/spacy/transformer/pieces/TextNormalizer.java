package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.transformer.pieces.CharsMap.Match;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What Hugging Face's fast tokenizers do to a text before a unigram model cuts it: the normalizers {@code Precompiled}, {@code
 * Strip} and {@code Replace} of several blanks. Immutable.
 *
 * @param map null for none
 * @param joined what two and more blanks become; 0 to leave them
 * @param stripLeft whether white space at the start is dropped
 * @param stripRight whether white space at the end is dropped
 */
record TextNormalizer(@Nullable CharsMap map, int joined, boolean stripLeft, boolean stripRight) {

    /** Clusters of more bytes are looked up character by character. */
    private static final int MAX_CLUSTER_BYTES = 5;

    /** Normalises {@code text[from, to)}. */
    NormalizedText normalize(int[] text, int from, int to) {
        NormalizedText mapped = new NormalizedText(to - from + 1);
        if (map == null) {
            for (int at = from; at < to; at++) {
                mapped.add(text[at], at, at + 1);
            }
        } else {
            new Mapping(map, text, from, to).writeTo(mapped);
        }
        return joined == 0 && !stripLeft && !stripRight ? mapped : join(mapped);
    }

    /** The same for a text by itself. */
    String normalized(String text) {
        int[] characters = text.codePoints().toArray();
        NormalizedText normalized = normalize(characters, 0, characters.length);
        return new String(normalized.characters(), 0, normalized.length());
    }

    private NormalizedText join(NormalizedText text) {
        int[] characters = text.characters();
        int from = 0;
        int to = text.length();
        while (stripLeft && from < to && Characters.SPACE.contains(characters[from])) {
            from++;
        }
        while (stripRight && from < to && Characters.SPACE.contains(characters[to - 1])) {
            to--;
        }
        NormalizedText out = new NormalizedText(to - from + 1);
        for (int at = from; at < to; at++) {
            int last = at;
            while (joined != 0 && characters[at] == ' ' && last + 1 < to && characters[last + 1] == ' ') {
                last++;
            }
            out.add(last > at ? joined : characters[at], text.start(last), text.end(last));
            at = last;
        }
        return out;
    }

    /**
     * The result of the map as the library keeps it: characters, each with how many were added (1) or dropped after it
     * (negative). Where clusters at the start of a text vanish, nothing says so, and all that follows stands for the
     * character before its own: spaCy's alignment sees that too.
     */
    private static final class Mapping {
        private final CharsMap map;
        private final int[] text;
        private final int from;
        private int[] characters;
        private int[] changes;
        private int length;

        Mapping(CharsMap map, int[] text, int from, int to) {
            this.map = map;
            this.text = text;
            this.from = from;
            this.characters = new int[to - from];
            this.changes = new int[to - from];
            for (int start = from; start < to; ) {
                int end = Graphemes.end(text, start, to);
                if (bytes(text, start, end) > MAX_CLUSTER_BYTES || !replace(start, end)) {
                    for (int at = start; at < end; at++) {
                        if (!replace(at, at + 1)) {
                            add(text[at], 0);
                        }
                    }
                }
                start = end;
            }
        }

        private static int bytes(int[] text, int start, int end) {
            int bytes = 0;
            for (int at = start; at < end && bytes <= MAX_CLUSTER_BYTES; at++) {
                bytes += text[at] < 0x80 ? 1 : text[at] < 0x800 ? 2 : text[at] < 0x10000 ? 3 : 4;
            }
            return bytes;
        }

        /** All of the cluster becomes what the shortest key that it starts with becomes. */
        private boolean replace(int start, int end) {
            Match match = map.shortest(text, start, end);
            if (match == null) {
                return false;
            }
            int[] replacement = map.replacement(match);
            int first = length;
            for (int character : replacement) {
                add(character, 0);
            }
            int added = replacement.length - (end - start);
            for (int at = length - 1; at >= Math.max(first, length - added); at--) {
                changes[at] = 1;
            }
            if (added < 0 && length > 0) {
                changes[length - 1] += added;
            }
            return true;
        }

        private void add(int character, int change) {
            if (length == characters.length) {
                characters = Arrays.copyOf(characters, 2 * length + 16);
                changes = Arrays.copyOf(changes, 2 * length + 16);
            }
            characters[length] = character;
            changes[length] = change;
            length++;
        }

        void writeTo(NormalizedText out) {
            int next = from;
            for (int at = 0; at < length; at++) {
                if (changes[at] > 0) {
                    boolean first = next == from;
                    out.add(characters[at], first ? from : next - 1, first ? from : next);
                } else {
                    out.add(characters[at], next, next + 1);
                    next += 1 - changes[at];
                }
            }
        }
    }
}
