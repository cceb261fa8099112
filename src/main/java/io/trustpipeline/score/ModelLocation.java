package io.trustpipeline.score;

import java.nio.file.Path;

/** Where a theme's model is: a folder or a {@code tar.gz}. */
public sealed interface ModelLocation {
    /** On this machine. */
    record Local(Path path) implements ModelLocation {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** In object storage; always an archive. */
    record Stored(String bucket, String key) implements ModelLocation {
        @Override
        public String toString() {
            return "s3://" + bucket + "/" + key;
        }
    }
}
