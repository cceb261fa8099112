package io.trustpipeline.spacy.regex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** An immutable set of Unicode code points. */
public final class CodePointSet {
    private static final int LATIN = 256;
    static final CodePointSet EMPTY = of(new BitSet());
    static final CodePointSet ALL = EMPTY.complement();

    /** Ascending; members lie from an even index up to, not including, the odd one that follows it. */
    private final int[] bounds;

    private final boolean[] latin = new boolean[LATIN];

    private CodePointSet(BitSet members) {
        IntStream.Builder ranges = IntStream.builder();
        for (int start = members.nextSetBit(0); start >= 0; ) {
            int end = members.nextClearBit(start);
            ranges.add(start).add(end);
            start = members.nextSetBit(end);
        }
        this.bounds = ranges.build().toArray();
        for (int codePoint = 0; codePoint < LATIN; codePoint++) {
            latin[codePoint] = members.get(codePoint);
        }
    }

    /** The set of these members. */
    public static CodePointSet of(BitSet members) {
        return new CodePointSet(members);
    }

    static CodePointSet of(int... codePoints) {
        BitSet members = new BitSet();
        for (int codePoint : codePoints) {
            members.set(codePoint);
        }
        return new CodePointSet(members);
    }

    static CodePointSet union(List<CodePointSet> sets) {
        BitSet union = new BitSet();
        sets.forEach(set -> set.addTo(union));
        return new CodePointSet(union);
    }

    CodePointSet union(CodePointSet other) {
        return union(List.of(this, other));
    }

    int size() {
        int size = 0;
        for (int index = 0; index < bounds.length; index += 2) {
            size += bounds[index + 1] - bounds[index];
        }
        return size;
    }

    CodePointSet without(CodePointSet other) {
        BitSet rest = members();
        rest.andNot(other.members());
        return new CodePointSet(rest);
    }

    CodePointSet complement() {
        BitSet rest = members();
        rest.flip(0, Character.MAX_CODE_POINT + 1);
        return new CodePointSet(rest);
    }

    void addTo(BitSet others) {
        for (int index = 0; index < bounds.length; index += 2) {
            others.set(bounds[index], bounds[index + 1]);
        }
    }

    IntStream stream() {
        return members().stream();
    }

    private BitSet members() {
        BitSet members = new BitSet();
        addTo(members);
        return members;
    }

    public boolean contains(int codePoint) {
        if (codePoint < LATIN) {
            return codePoint >= 0 && latin[codePoint];
        }
        // Found at an even index: the first of a range. Not found: -(insertion point) - 1, inside when that point is
        // odd.
        return (Arrays.binarySearch(bounds, codePoint) & 1) == 0;
    }

    /** Whether the set holds a code point of {@code text[low, high)}. */
    boolean containsAny(String text, int low, int high) {
        for (int index = low; index < high; ) {
            int codePoint = text.codePointAt(index);
            if (contains(codePoint)) {
                return true;
            }
            index += Character.charCount(codePoint);
        }
        return false;
    }

    /** Whether the set holds every code point of a text; true of the empty text. */
    public boolean containsAll(String text) {
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            if (!contains(codePoint)) {
                return false;
            }
            index += Character.charCount(codePoint);
        }
        return true;
    }
}
