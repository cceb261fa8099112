package io.trustpipeline.chunked;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChunkPlannerTest {
    private static final long[] WORKED_EXAMPLE = {400, 300, 350, 900, 50, 60, 1700, 20, 980, 10};

    @Test
    void the_worked_example_comes_out_as_it_was_worked() {
        assertThat(rows(plan(new ChunkSizes(1_000, 1_500, 100, 1_000), WORKED_EXAMPLE)))
                .containsExactly(1_050L, 1_010L, 1_700L, 1_010L);
    }

    @Test
    void the_target_is_honoured_however_large_the_maximum_is() {
        assertThat(rows(plan(new ChunkSizes(1_000, 5_000, 0, 1_000), WORKED_EXAMPLE)))
                .containsExactly(1_050L, 1_010L, 1_700L, 1_000L, 10L);
    }

    @Test
    void no_keys_make_no_chunks() {
        assertThat(plan(new ChunkSizes(10, 20, 5, 3))).isEmpty();
    }

    @Test
    void sizes_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> new ChunkSizes(10, 5, 1, 1)).hasMessageContaining("min <= target <= max");
    }

    @Property
    void every_key_is_in_one_chunk_in_order_and_no_chunk_is_too_large(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 60) Integer> counts,
            @ForAll @IntRange(min = 1, max = 40) int target,
            @ForAll @IntRange(max = 20) int room,
            @ForAll @IntRange(min = 1, max = 8) int maxKeys) {
        ChunkSizes sizes = new ChunkSizes(target, target + room, target / 3, maxKeys);
        List<PlannedChunk> chunks =
                plan(sizes, counts.stream().mapToLong(Integer::longValue).toArray());
        assertThat(chunks.stream().flatMap(chunk -> chunk.keys().stream()).map(key -> key.get(0)))
                .containsExactlyElementsOf(names(counts.size()));
        assertThat(rows(chunks).stream().mapToLong(Long::longValue).sum())
                .isEqualTo(counts.stream().mapToLong(Integer::longValue).sum());
        for (int i = 0; i < chunks.size(); i++) {
            PlannedChunk chunk = chunks.get(i);
            assertThat(chunk.id()).isEqualTo(i);
            assertThat(chunk.keys().size()).isLessThanOrEqualTo(maxKeys);
            assertThat(chunk.rows() <= sizes.max() || chunk.keys().size() == 1).isTrue();
        }
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("key " + i);
        }
        return names;
    }

    private static List<Long> rows(List<PlannedChunk> chunks) {
        return chunks.stream().map(PlannedChunk::rows).toList();
    }

    private static List<PlannedChunk> plan(ChunkSizes sizes, long... counts) {
        List<PlannedChunk> chunks = new ArrayList<>();
        ChunkPlanner planner = new ChunkPlanner(sizes, chunks::add);
        for (int i = 0; i < counts.length; i++) {
            planner.add(new KeyCount(List.of("key " + i), counts[i]));
        }
        planner.finish();
        return chunks;
    }
}
