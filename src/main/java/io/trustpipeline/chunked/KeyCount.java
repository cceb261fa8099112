package io.trustpipeline.chunked;

import java.util.List;

/**
 * A key and its rows.
 *
 * @param key its columns' values as PostgreSQL writes them
 */
record KeyCount(List<String> key, long rows) {
    /** Without the key, which may be secret. */
    @Override
    public String toString() {
        return rows + " rows";
    }
}
