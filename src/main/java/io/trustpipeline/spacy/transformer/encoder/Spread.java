package io.trustpipeline.spacy.transformer.encoder;

/**
 * Where numbers stand that come in groups, when each group is given room for whole vectors: the numbers of an attention
 * head.
 *
 * @param group numbers of a group
 * @param room places of a group
 */
record Spread(int group, int room) {

    /** Numbers that stand one after the other. */
    static Spread none(int count) {
        return new Spread(count, count);
    }

    int of(int index) {
        return index / group * room + index % group;
    }

    /** The places that so many numbers take up, in whole groups. */
    int size(int count) {
        return count / group * room;
    }
}
