package io.trustpipeline.table;

import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** A local file that stays closable: after a failed write, Parquet's writer leaves its stream open. */
final class SinkFile implements OutputFile, Closeable {
    private final OutputFile file;
    private @Nullable PositionOutputStream stream;

    SinkFile(Path path) {
        this.file = new LocalOutputFile(path);
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        return keep(file.create(blockSizeHint));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return keep(file.createOrOverwrite(blockSizeHint));
    }

    private PositionOutputStream keep(PositionOutputStream opened) {
        stream = opened;
        return opened;
    }

    @Override
    public boolean supportsBlockSize() {
        return file.supportsBlockSize();
    }

    @Override
    public long defaultBlockSize() {
        return file.defaultBlockSize();
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
