package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A Parquet file from outside, before anything opens it. */
public final class ParquetFile {
    private ParquetFile() {}

    /**
     * Passes a file that has Parquet's two ends. Only its first and last bytes are read.
     *
     * @throws TableException UNREADABLE when it is missing, cut short or something else
     */
    public static void requireWhole(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            FooterCheck.check(channel);
        } catch (IOException e) {
            throw new TableException(
                    Kind.UNREADABLE, file, "cannot be read as Parquet: " + TableException.reason(e), e);
        }
    }
}
