/**
 * Tables in files: Parquet in and out a batch of rows at a time, and DuckDB for what is said best in SQL.
 *
 * <p>Rows are Parquet's own {@link org.apache.parquet.example.data.Group}, which keeps every column name and type as
 * it is. Files are local; nothing here goes through Hadoop's file systems. Everything that goes wrong is a
 * {@link io.trustpipeline.table.TableException} of one line that names the file.
 */
@NullMarked
package io.trustpipeline.table;

import org.jspecify.annotations.NullMarked;
