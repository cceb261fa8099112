package io.trustpipeline.transcripts.read;

import java.nio.file.Path;

/** Reads transcripts of one format. */
interface TranscriptReader {
    /**
     * Adds every utterance of a file, each with its physical line.
     *
     * @throws io.trustpipeline.run.PipelineException DATA_REFUSED with file and line
     */
    void read(Path file, Utterances found);
}
