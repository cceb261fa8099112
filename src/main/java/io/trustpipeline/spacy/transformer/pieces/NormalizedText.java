package io.trustpipeline.spacy.transformer.pieces;

import java.util.Arrays;

/** A text in the making whose characters know which part of another text they stand for. For one thread. */
final class NormalizedText {

    private int[] characters;
    private int[] starts;
    private int[] ends;
    private int length;

    NormalizedText(int capacity) {
        characters = new int[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    /** Appends a character that stands for {@code [start, end)}. */
    void add(int character, int start, int end) {
        if (length == characters.length) {
            int capacity = 2 * length + 16;
            characters = Arrays.copyOf(characters, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        characters[length] = character;
        starts[length] = start;
        ends[length] = end;
        length++;
    }

    void truncate(int newLength) {
        length = newLength;
    }

    int length() {
        return length;
    }

    /** The characters; those from {@link #length()} on mean nothing. */
    int[] characters() {
        return characters;
    }

    int start(int at) {
        return starts[at];
    }

    int end(int at) {
        return ends[at];
    }
}
