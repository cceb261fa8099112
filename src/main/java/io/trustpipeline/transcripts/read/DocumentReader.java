package io.trustpipeline.transcripts.read;

import java.nio.file.Path;

/** A document whose lines are a transcript's. */
record DocumentReader(DocumentLines lines) implements TranscriptReader {
    @Override
    public void read(Path file, Utterances found) {
        lines.read(file, line -> TextReader.add(line, found));
    }
}
