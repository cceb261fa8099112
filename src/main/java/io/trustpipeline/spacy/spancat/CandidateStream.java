package io.trustpipeline.spacy.spancat;

/** Hands out a document's candidates a tile at a time, so that never all of them are in memory. One thread's. */
interface CandidateStream {

    /** Starts at the first candidate of a document of {@code length} tokens. */
    void open(int length, DocSpans spans);

    /** Puts the next candidates into the tile; false when there are none left. */
    boolean next(CandidateTile tile);
}
