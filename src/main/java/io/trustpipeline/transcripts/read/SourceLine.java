package io.trustpipeline.transcripts.read;

/** A physical line of a file, from 1, without its end. */
record SourceLine(int number, String text) {
    boolean isBlank() {
        return text.isBlank();
    }

    /** Code points before a char index. */
    int offset(int index) {
        return text.codePointCount(0, index);
    }
}
