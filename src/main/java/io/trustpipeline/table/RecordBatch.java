package io.trustpipeline.table;

import org.apache.parquet.example.data.Group;

import java.util.List;

/**
 * Some consecutive rows of a table.
 *
 * @param firstRow position of the first of them in the table, from 0
 * @param rows at least one row, in the table's order
 */
public record RecordBatch(long firstRow, List<Group> rows) {
    public RecordBatch {
        rows = List.copyOf(rows);
    }
}
