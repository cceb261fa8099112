package io.trustpipeline.chunked;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Groups keys, in their order, into chunks. A chunk closes at the target size, or before a key that would overshoot the
 * target by more than stopping undershoots it; it never passes the largest size. A key is never split: one that is larger
 * than that becomes a chunk of its own. Two chunks are held at a time, whatever the number of keys. The same keys give the
 * same chunks.
 */
final class ChunkPlanner {
    private final ChunkSizes sizes;
    private final Consumer<PlannedChunk> chunks;
    private List<List<String>> keys = new ArrayList<>();
    private long rows;
    private List<List<String>> heldKeys = List.of();
    private long heldRows;
    private int next;

    ChunkPlanner(ChunkSizes sizes, Consumer<PlannedChunk> chunks) {
        this.sizes = sizes;
        this.chunks = chunks;
    }

    void add(KeyCount key) {
        if (!keys.isEmpty() && closesBefore(key.rows())) {
            close();
        }
        keys.add(key.key());
        rows += key.rows();
        if (rows >= sizes.target() || keys.size() >= sizes.maxKeys()) {
            close();
        }
    }

    /** The last chunk joins the one before it when it is too small to be worth one. */
    void finish() {
        boolean small = rows < sizes.min();
        boolean fits = heldRows + rows <= sizes.max() && heldKeys.size() + keys.size() <= sizes.maxKeys();
        if (small && fits && !heldKeys.isEmpty()) {
            List<List<String>> joined = new ArrayList<>(heldKeys);
            joined.addAll(keys);
            heldKeys = joined;
            heldRows += rows;
        } else if (!keys.isEmpty()) {
            close();
        }
        emit();
    }

    private boolean closesBefore(long more) {
        long after = rows + more;
        return after > sizes.max() || after - sizes.target() > sizes.target() - rows;
    }

    private void close() {
        emit();
        heldKeys = keys;
        heldRows = rows;
        keys = new ArrayList<>();
        rows = 0;
    }

    private void emit() {
        if (!heldKeys.isEmpty()) {
            chunks.accept(new PlannedChunk(next++, heldKeys, heldRows));
            heldKeys = List.of();
        }
    }
}
