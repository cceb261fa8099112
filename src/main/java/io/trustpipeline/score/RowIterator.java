package io.trustpipeline.score;

import io.trustpipeline.table.RecordBatch;
import org.apache.parquet.example.data.Group;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of batches, one by one. */
final class RowIterator implements Iterator<Group> {
    private final Iterator<RecordBatch> batches;
    private Iterator<Group> rows = Collections.emptyIterator();

    RowIterator(Iterator<RecordBatch> batches) {
        this.batches = batches;
    }

    @Override
    public boolean hasNext() {
        while (!rows.hasNext() && batches.hasNext()) {
            rows = batches.next().rows().iterator();
        }
        return rows.hasNext();
    }

    @Override
    public Group next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows");
        }
        return rows.next();
    }
}
