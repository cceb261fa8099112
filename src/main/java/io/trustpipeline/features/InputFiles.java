package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** The Parquet files that an input means, in the order of their names. */
public final class InputFiles {
    private static final String ENDING = ".parquet";

    private InputFiles() {}

    /**
     * Finds the files of this computer.
     *
     * @param input a file; a folder, with all below it; a prefix of files' names; or a pattern with {@code *} and
     *     {@code ?}
     * @throws PipelineException DATA_REFUSED when there is none
     */
    public static List<Path> of(String input) {
        Path path = Path.of(input);
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        boolean folder = Files.isDirectory(path);
        Path base = folder ? path : nearestFolder(path);
        PathMatcher matcher = path.getFileSystem().getPathMatcher("glob:" + input.replace("\\", "\\\\"));
        try (Stream<Path> all = Files.walk(base)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ENDING))
                    .filter(file -> folder || file.toString().startsWith(input) || matcher.matches(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED,
                        input + ": no Parquet file; right is a file, a folder, a prefix or a pattern such as "
                                + "trips/*.parquet");
            }
            return files;
        } catch (IOException e) {
            throw new PipelineException(ExitCode.DATA_REFUSED, base + ": cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    /** The deepest folder above a path that is there. */
    private static Path nearestFolder(Path path) {
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return path.isAbsolute() ? path.getRoot() : Path.of("");
    }
}
