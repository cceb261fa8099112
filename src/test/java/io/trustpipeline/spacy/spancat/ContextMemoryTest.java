package io.trustpipeline.spacy.spancat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ContextMemoryTest {

    private static final int LENGTH = 11;

    /** A context that only the number makes, and a hash that many numbers share. */
    private static int[] context(int number) {
        int[] ids = new int[LENGTH + 2];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = number + i;
        }
        return ids;
    }

    private static long hash(int number) {
        return (number % 1_000) * 0x9E3779B97F4A7C15L;
    }

    private static KeptSpans oneSpan(int number) {
        KeptSpans kept = new KeptSpans();
        kept.add(1, 5, 7, number, number / 3f);
        return kept;
    }

    @Test
    void contexts_of_one_hash_are_told_apart() {
        ContextMemory memory = new ContextMemory(LENGTH, 1);
        Random random = new Random(1);
        int found = 0;
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt(5_000);
            int[] entry = memory.find(context(number), 1, hash(number));
            if (entry == ContextMemory.ABSENT) {
                memory.put(context(number), 1, hash(number), oneSpan(number), 0, 1);
            } else {
                KeptSpans kept = new KeptSpans();
                memory.recall(entry, 20, kept);
                assertThat(kept.size()).isEqualTo(1);
                assertThat(kept.start(0)).isEqualTo(20);
                assertThat(kept.end(0)).isEqualTo(22);
                assertThat(kept.slot(0)).isEqualTo(1);
                assertThat(kept.label(0)).isEqualTo(number);
                assertThat(kept.score(0)).isEqualTo(number / 3f);
                found++;
            }
        }
        assertThat(found).isGreaterThan(10_000);
    }

    @Test
    void memory_is_bounded_and_the_newest_stay() {
        ContextMemory memory = new ContextMemory(LENGTH, 1);
        Random random = new Random(2);
        int contexts = 1_500_000;
        long[] hashes = random.longs(contexts).toArray();
        KeptSpans none = new KeptSpans();
        for (int number = 0; number < contexts; number++) {
            memory.put(context(number), 1, hashes[number], none, 0, 0);
        }
        int held = 0;
        for (int number = 0; number < contexts; number++) {
            held += memory.find(context(number), 1, hashes[number]) == ContextMemory.ABSENT ? 0 : 1;
        }
        assertThat((long) held * (LENGTH + 4) * Integer.BYTES).isBetween(30L << 20, 40L << 20);
        for (int number = contexts - 100; number < contexts; number++) {
            assertThat(memory.find(context(number), 1, hashes[number])).isNotSameAs(ContextMemory.ABSENT);
        }
        memory.clear();
        assertThat(memory.find(context(contexts - 1), 1, hashes[contexts - 1])).isSameAs(ContextMemory.ABSENT);
    }

    @Test
    void starts_with_several_spans_are_not_kept() {
        ContextMemory memory = new ContextMemory(LENGTH, 1);
        KeptSpans kept = new KeptSpans();
        for (int i = 0; i < 2; i++) {
            kept.add(0, 4, 5 + i, 0, 0.5f);
        }
        memory.put(context(1), 1, 77, kept, 0, 2);
        assertThat(memory.find(context(1), 1, 77)).isSameAs(ContextMemory.ABSENT);
        memory.put(context(1), 1, 77, kept, 0, 1);
        assertThat(memory.find(context(1), 1, 77)).isNotSameAs(ContextMemory.ABSENT);
    }

    /** All contexts share one set and nearly all of their numbers, so that half of an entry is easily taken for a whole one. */
    @Test
    void what_threads_find_is_what_one_of_them_put() {
        int length = 64;
        ContextMemory memory = new ContextMemory(length, 1);
        AtomicInteger found = new AtomicInteger();
        IntStream.range(0, 4).parallel().forEach(thread -> {
            Random random = new Random(thread);
            int[] ids = new int[length];
            Arrays.fill(ids, 7);
            for (int i = 0; i < 1_000_000; i++) {
                int number = 1 + random.nextInt(6);
                ids[length - 1] = number;
                int[] spans = memory.find(ids, 0, 5);
                if (spans != ContextMemory.ABSENT) {
                    assertThat(spans[2]).isEqualTo(number);
                    found.incrementAndGet();
                }
                if (i % 2 == 0) {
                    memory.put(ids, 0, 5, oneSpan(number), 0, 1);
                }
            }
        });
        assertThat(found.get()).isGreaterThan(1_000);
    }
}
