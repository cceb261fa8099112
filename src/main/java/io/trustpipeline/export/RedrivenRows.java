package io.trustpipeline.export;

import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.StoredObject;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.ParquetSink;
import io.trustpipeline.table.RecordBatch;
import io.trustpipeline.table.TableException;
import org.apache.parquet.example.data.Group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.StreamSupport;

/** Copies rows out of the raw objects of an earlier run, every column as it was exported: those it rejected, or all. */
record RedrivenRows(ObjectStore store, Workspace workspace, Redrives redrives) {
    private static final int BATCH_ROWS = 1024;
    private static final long NO_ROW = -1;

    /** Writes a file for each raw object with rejected rows; those that were rejected for their keys are left out. */
    Exported.Files write(Run run, String parent, Path folder) {
        long written = 0;
        try (BatchFiles files = new BatchFiles(folder)) {
            for (Redrives.Source source : redrives.sources(parent)) {
                written += copy(run, source, files.next());
            }
            return files.complete(written);
        } catch (TableException e) {
            throw TableFailure.of(e);
        }
    }

    /** Writes every raw object again, byte for byte. */
    Exported.Files writeAll(Run run, String parent, Path folder) {
        long rows = 0;
        try (BatchFiles files = new BatchFiles(folder)) {
            for (StoredObject raw : redrives.raw(parent)) {
                Files.copy(workspace.local(run, store, raw), files.next());
                rows += raw.rows();
            }
            return files.complete(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TableException e) {
            throw TableFailure.of(e);
        }
    }

    private long copy(Run run, Redrives.Source source, Path file) {
        Path rawFile = workspace.readable(run, workspace.local(run, store, source.raw()), "parent-raw.parquet");
        Path rejectedFile = workspace.local(run, store, source.rejected());
        try (ParquetRows raw = ParquetRows.open(rawFile, BATCH_ROWS);
                ParquetRows rejected = ParquetRows.open(rejectedFile, BATCH_ROWS);
                ParquetSink sink = ParquetSink.create(file, raw.schema())) {
            // Both are in the order of the raw rows.
            Iterator<Long> wanted = numbers(rejected);
            long next = wanted.hasNext() ? wanted.next() : NO_ROW;
            for (RecordBatch batch : raw) {
                long row = batch.firstRow();
                for (Group group : batch.rows()) {
                    if (row++ == next) {
                        sink.write(group);
                        next = wanted.hasNext() ? wanted.next() : NO_ROW;
                    }
                }
            }
            return sink.finish().rows();
        }
    }

    private static Iterator<Long> numbers(ParquetRows rejected) {
        return StreamSupport.stream(rejected.spliterator(), false)
                .flatMap(batch -> batch.rows().stream())
                .filter(row -> !row.getString("stage", 0).equals(Redrives.FOR_ITS_KEY))
                .map(row -> row.getLong("row", 0))
                .iterator();
    }
}
