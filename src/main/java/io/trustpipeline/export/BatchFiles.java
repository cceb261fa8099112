package io.trustpipeline.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The files of one export, batch_000.parquet and so on; removed again unless the export is completed. */
final class BatchFiles implements AutoCloseable {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private boolean complete;

    BatchFiles(Path folder) {
        this.folder = folder;
    }

    /** The name of the next file. */
    Path next() {
        Path file = folder.resolve(String.format(Locale.ROOT, "batch_%03d.parquet", files.size()));
        files.add(file);
        return file;
    }

    Exported.Files complete(long rows) {
        complete = true;
        return new Exported.Files(files, rows);
    }

    @Override
    public void close() {
        if (complete) {
            return;
        }
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // The failure that brought us here says more.
            }
        }
    }
}
