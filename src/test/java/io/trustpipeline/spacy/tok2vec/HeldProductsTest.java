package io.trustpipeline.spacy.tok2vec;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class HeldProductsTest {

    @Test
    void only_so_many_entries_hold_products_and_those_in_use_stay() {
        EmbedCache cache = new EmbedCache(1, 1);
        HeldProducts held = new HeldProducts(100);
        EmbedCache.Entry frequent = cache.put(new long[] {-1}, new float[1]);
        held.hold(frequent, new float[] {7});
        List<EmbedCache.Entry> rare = new ArrayList<>();
        for (long word = 0; word < 5_000; word++) {
            EmbedCache.Entry entry = cache.put(new long[] {word}, new float[1]);
            held.hold(entry, new float[1]);
            rare.add(entry);
            assertThat(frequent.products()).as("after %d others", word).containsExactly(7);
        }
        assertThat(rare.stream().filter(entry -> entry.products() != null).count())
                .isEqualTo(99);
    }
}
