package io.trustpipeline.spacy.tok2vec;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class EmbedCacheTest {

    private static float[] row(long key) {
        return new float[] {key, key + 1};
    }

    @Test
    void what_is_found_is_always_the_row_of_the_key() {
        EmbedCache cache = new EmbedCache(2, 2);
        Random random = new Random(3);
        int found = 0;
        Map<Integer, Long> keys = new HashMap<>();
        for (int i = 0; i < 500_000; i++) {
            long key = random.nextInt(300_000);
            EmbedCache.Entry entry = cache.get(new long[] {key, -key});
            if (entry == null) {
                entry = cache.put(new long[] {key, -key}, row(key));
                assertThat(keys.put(entry.id(), key)).as("an id is given once").isNull();
            } else {
                found++;
            }
            assertThat(entry.row()[0]).isEqualTo(key);
            assertThat(keys).containsEntry(entry.id(), key);
        }
        assertThat(found).isPositive();
    }

    @Test
    void a_vocabulary_that_fits_stays() {
        EmbedCache cache = new EmbedCache(96, 4);
        int words = 3_000;
        int misses = 0;
        for (int pass = 0; pass < 5; pass++) {
            misses = 0;
            for (long word = 0; word < words; word++) {
                long[] key = {word * 0x5851F42D4C957F2DL, word, 7, word % 3};
                if (cache.get(key) == null) {
                    misses++;
                    cache.put(key, new float[96]);
                }
            }
        }
        assertThat(misses).isLessThan(words / 50);
    }
}
