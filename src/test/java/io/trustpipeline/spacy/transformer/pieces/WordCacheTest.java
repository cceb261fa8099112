package io.trustpipeline.spacy.transformer.pieces;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WordCacheTest {

    private final WordCache cache = new WordCache();

    @Test
    void a_word_that_came_before_has_the_same_pieces_at_its_new_place() {
        Pieces made = new Pieces();
        made.add(1, 0, 0);
        made.add(40, 5, 7);
        made.add(41, 6, 8);
        cache.put(characters("say: kind"), 5, 9, made, 1);

        Pieces out = new Pieces();
        assertThat(cache.append(characters("kind"), 0, 4, out)).isTrue();
        assertThat(list(out)).containsExactly("40 0-2", "41 1-3");
    }

    @Test
    void words_that_share_a_slot_are_told_apart() {
        for (int number = 0; number < 100_000; number++) {
            int[] word = characters("w" + number);
            Pieces made = new Pieces();
            made.add(number, 0, word.length);
            cache.put(word, 0, word.length, made, 0);
        }
        int found = 0;
        for (int number = 0; number < 100_000; number++) {
            int[] word = characters("w" + number);
            Pieces out = new Pieces();
            if (cache.append(word, 0, word.length, out)) {
                assertThat(list(out)).containsExactly(number + " 0-" + word.length);
                found++;
            }
        }
        assertThat(found).isBetween(8_000, 16_384);
    }

    private static int[] characters(String text) {
        return text.codePoints().toArray();
    }

    private static List<String> list(Pieces pieces) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < pieces.count(); i++) {
            list.add(pieces.id(i) + " " + pieces.start(i) + "-" + pieces.end(i));
        }
        return list;
    }
}
