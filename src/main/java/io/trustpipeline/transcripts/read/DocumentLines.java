package io.trustpipeline.transcripts.read;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the text of documents of one format, as lines that are numbered from 1. */
interface DocumentLines {
    /**
     * Hands over every line, in the order of the document.
     *
     * @throws io.trustpipeline.run.PipelineException DATA_REFUSED with the file, when it cannot be read
     */
    void read(Path file, Consumer<SourceLine> lines);
}
