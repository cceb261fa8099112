package io.trustpipeline.spacy;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DocTest {
    private static final Lexeme.Ids IDS = new Lexeme.Ids(-1, 2, 3, 4, 5, 6);
    private static final String SMILE = "\uD83D\uDE00";

    private static Lexeme lexeme(String text) {
        return new Lexeme(text, text, IDS, Attribute.IS_ALPHA.bit());
    }

    /** The text "a 😀b 😀c", whose second and last token have two characters of three UTF-16 units. */
    private static Doc doc() {
        BitSet spaces = new BitSet();
        spaces.set(0, 2);
        return new Doc(
                "a " + SMILE + "b " + SMILE + "c",
                new Lexeme[] {lexeme("a"), lexeme(SMILE + "b"), lexeme(SMILE + "c")},
                spaces);
    }

    @Test
    void offsets_count_code_points_and_leave_the_space_out() {
        assertThat(doc().length()).isEqualTo(3);
        assertThat(List.of(doc().startChar(0), doc().startChar(1), doc().startChar(2)))
                .containsExactly(0, 2, 5);
        assertThat(List.of(doc().endChar(0), doc().endChar(1), doc().endChar(2)))
                .containsExactly(1, 4, 7);
    }

    @Test
    void a_slice_is_found_at_every_offset_and_outside_is_refused() {
        int[] characters = doc().text().codePoints().toArray();
        for (int start = 0; start <= characters.length; start++) {
            for (int end = start; end <= characters.length; end++) {
                assertThat(doc().slice(start, end)).isEqualTo(new String(characters, start, end - start));
            }
        }
        assertThatThrownBy(() -> doc().slice(0, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> doc().slice(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void an_attribute_is_the_words_or_the_tokens() {
        assertThat(doc().attribute(Attribute.ORTH, 1)).isEqualTo(-1);
        assertThat(doc().attribute(Attribute.SUFFIX, 1)).isEqualTo(5);
        assertThat(doc().attribute(Attribute.LENGTH, 1)).isEqualTo(2);
        assertThat(doc().attribute(Attribute.IS_ALPHA, 1)).isEqualTo(1);
        assertThat(doc().attribute(Attribute.IS_SPACE, 1)).isEqualTo(0);
        assertThat(doc().attribute(Attribute.SPACY, 1)).isEqualTo(1);
        assertThat(doc().attribute(Attribute.SPACY, 2)).isEqualTo(0);
    }

    @Test
    void tokens_that_do_not_make_the_text_are_refused() {
        assertThatThrownBy(() -> new Doc("ab", new Lexeme[] {lexeme("a")}, new BitSet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 UTF-16 units of a text of 2");
    }
}
