package io.trustpipeline.score;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PythonTextTest {
    @Test
    void white_space_is_what_python_says() {
        int[] expected = IntStream.of(
                        0x9, 0xA, 0xB, 0xC, 0xD, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001,
                        0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F,
                        0x205F, 0x3000)
                .toArray();

        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(PythonText::isSpace))
                .containsExactly(IntStream.of(expected).boxed().toArray(Integer[]::new));
    }

    @Test
    void punctuation_is_what_python_says() {
        String expected = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(PythonText::isPunctuation))
                .containsExactly(expected.chars().boxed().toArray(Integer[]::new));
    }

    @Test
    void word_characters_are_letters_and_numbers_of_all_scripts_and_the_underscore() {
        assertThat("aZ0_éß²½Ⅷ医ªक".codePoints()).allMatch(PythonText::isWord);
        assertThat(" -'’\u0301\u093E\u200D€👍".codePoints()).noneMatch(PythonText::isWord);
    }

    @Test
    void stripping_takes_the_white_space_that_java_leaves() {
        assertThat(PythonText.strip("\u00a0\u2007 a b\u0085\u001f")).isEqualTo("a b");
        assertThat(PythonText.strip("\u3000")).isEmpty();
        assertThat(PythonText.strip("\u200b")).isEqualTo("\u200b");
    }
}
