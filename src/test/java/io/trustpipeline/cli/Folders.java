package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders, copied with the extended attributes that the embedded store keeps its metadata in, and removed. */
final class Folders {
    private Folders() {}

    static Path copy(Path from, Path to) throws IOException {
        for (Path each : walk(from)) {
            Files.copy(each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return to;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path each :
                    walk(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            return inside.toList();
        }
    }
}
