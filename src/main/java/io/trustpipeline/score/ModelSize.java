package io.trustpipeline.score;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * About how much memory a model takes once it is loaded, told from its files: those of more than 32 MiB named {@code model}
 * hold transformers, whose weights are mapped; the others are read.
 *
 * @param heapBytes in the JVM's heap: twice what is read, and 32 MiB for what it remembers
 * @param mappedBytes of files that are mapped into memory
 */
record ModelSize(long heapBytes, long mappedBytes) {
    private static final long LARGE = 32L << 20;
    private static final long REMEMBERED = 32L << 20;

    static ModelSize of(Path pipeline) throws IOException {
        long read = 0;
        long mapped = 0;
        try (Stream<Path> files = Files.walk(pipeline, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                long size = Files.size(file);
                if (size > LARGE && file.endsWith("model")) {
                    mapped += size;
                } else {
                    read += size;
                }
            }
        }
        return new ModelSize(2 * read + REMEMBERED, mapped);
    }

    /** Of its files, in whole megabytes, rounded up. */
    long megabytes() {
        long bytes = (heapBytes - REMEMBERED) / 2 + mappedBytes;
        return (bytes + 999_999) / 1_000_000;
    }
}
