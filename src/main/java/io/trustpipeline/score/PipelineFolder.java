package io.trustpipeline.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which folder of an unpacked model is the saved spaCy pipeline. */
final class PipelineFolder {
    static final String CONFIG = "config.cfg";

    private static final List<String> PREFERRED = List.of("model-last", "model-best");
    private static final int MAX_DEPTH = 8;

    private PipelineFolder() {}

    /**
     * {@code model-last} if it is there, else {@code model-best}, else the first folder with a {@code config.cfg}: the
     * root itself, then its folders in the order of their names, each with what it holds before the next.
     */
    static Optional<Path> of(Path root) {
        return PREFERRED.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .or(() -> firstWithConfig(root, MAX_DEPTH));
    }

    private static Optional<Path> firstWithConfig(Path folder, int depth) {
        if (Files.isRegularFile(folder.resolve(CONFIG))) {
            return Optional.of(folder);
        }
        if (depth == 0) {
            return Optional.empty();
        }
        return folders(folder).stream()
                .flatMap(inner -> firstWithConfig(inner, depth - 1).stream())
                .findFirst();
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
