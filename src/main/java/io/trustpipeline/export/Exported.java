package io.trustpipeline.export;

import java.nio.file.Path;
import java.util.List;

/** What an export left, and how many rows are in it. */
public sealed interface Exported {
    /** Rows in all files together. */
    long rows();

    /**
     * Local Parquet files, in the order of the query's rows; at least one, which has no rows when the query gave none.
     */
    record Files(List<Path> files, long rows) implements Exported {
        public Files {
            files = List.copyOf(files);
        }
    }

    /**
     * Objects that the warehouse itself wrote; their keys begin with {@code prefix}, an {@code s3://} URI.
     *
     * @param manifest whether the warehouse left a list of them, see {@link UnloadManifest}
     */
    record Objects(String prefix, long rows, boolean manifest) implements Exported {}
}
