package io.trustpipeline.chunked;

import java.util.List;

/**
 * Keys that are updated together.
 *
 * @param id from 0, in the order of the keys
 */
record PlannedChunk(int id, List<List<String>> keys, long rows) {
    /** Without the keys, which may be secret. */
    @Override
    public String toString() {
        return "chunk " + id + ": " + keys.size() + " keys, " + rows + " rows";
    }
}
