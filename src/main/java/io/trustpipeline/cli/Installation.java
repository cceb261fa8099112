package io.trustpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What comes with the program as files that people may look into or edit: the source query, the demo.
 *
 * @param folder the project or image folder; the launcher names it
 */
record Installation(Path folder) {
    private static final String SOURCE_QUERY = "sql/trust_source.sql";

    static Installation current() {
        return new Installation(
                Path.of(System.getProperty("trustpipeline.installation", "")).toAbsolutePath());
    }

    Path demoComments() {
        return folder.resolve("demo/comments.parquet");
    }

    Path demoTrips() {
        return folder.resolve("demo/features/trips.parquet");
    }

    Path demoTranscripts() {
        return folder.resolve("demo/transcripts");
    }

    /** A file with the class path of servers that the program itself does not hold; the launcher writes it. */
    Path embeddedClassPath() {
        return folder.resolve("target/embedded.classpath");
    }

    Path demoCredits() {
        return folder.resolve("demo/credits");
    }

    Path demoModels() {
        return folder.resolve("demo/models");
    }

    Path demoTransformers() {
        return folder.resolve("demo/transformers");
    }

    /** The query that exports comments: the file if it is there, else the one inside the jar. */
    String sourceQuery() {
        return text(SOURCE_QUERY);
    }

    /** A file that may be edited: as it stands in the folder, else as it is inside the jar. */
    String text(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file);
            }
            try (InputStream in = Installation.class.getResourceAsStream("/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the jar lacks " + name);
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
