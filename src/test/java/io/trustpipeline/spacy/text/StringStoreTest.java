package io.trustpipeline.spacy.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Expected values are spaCy 3.8.18's {@code get_string_id} and thinc 8.3.14's {@code Ops.hash}. */
class StringStoreTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 11901859001352538922",
        "ab, 6606101647874324205",
        "abcdefg, 18200195881963043692",
        "abcdefgh, 17751780907874141760",
        "abcdefghi, 13885881106499164936",
        "naïve café, 9646334175591888092",
        "\uD83D\uDE00, 13900606239988879105",
        "the quick brown fox jumps, 13196616556009271135",
        "case, 8110129090154140942",
        "list, 17473201795025412735",
    })
    void an_id_is_a_hash_of_the_text(String text, String id) {
        assertThat(Long.toUnsignedString(StringStore.id(text))).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"ORTH, 65", "number, 432", "X, 101"})
    void a_reserved_word_has_its_number(String text, long id) {
        assertThat(StringStore.id(text)).isEqualTo(id);
    }

    @Test
    void the_character_zero_is_not_the_empty_text() {
        assertThat(Long.toUnsignedString(StringStore.id("\0"))).isEqualTo("12725806677685968135");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 3428303819 685728695 3303603794 4065689084",
        "0, 8, 0 0 0 0",
        "1, 9, 2205482518 2060344464 1125017477 2005428196",
        "65, 8, 3072541582 90493415 2461328725 135740123",
        "18446744073709551615, 8, 2488739950 2974852181 1585626277 2314794624",
        "8532415787641010193, 9, 906062433 1251533594 742906436 3019609008",
        "9223372036854775808, 4294967295, 3178977017 3391238735 3467951675 3700672506",
    })
    void the_rows_of_an_embedding_are_those_of_thinc(String id, String seed, String keys) {
        int[] actual = new int[4];
        MurmurHash.hash128(Long.parseUnsignedLong(id), Integer.parseUnsignedInt(seed), actual);
        assertThat(Integer.toUnsignedString(actual[0])
                        + " " + Integer.toUnsignedString(actual[1])
                        + " " + Integer.toUnsignedString(actual[2])
                        + " " + Integer.toUnsignedString(actual[3]))
                .isEqualTo(keys);
    }
}
