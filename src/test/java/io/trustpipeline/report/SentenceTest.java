package io.trustpipeline.report;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentenceTest {
    @Property(tries = 300)
    void a_span_stands_in_its_sentence_where_the_sentence_says(
            @ForAll @StringLength(max = 600) String comment,
            @ForAll @IntRange(max = 600) int a,
            @ForAll @IntRange(max = 600) int b) {
        int length = comment.codePointCount(0, comment.length());
        int start = Math.min(length, Math.min(a, b));
        int end = Math.min(start + 400, Math.min(length, Math.max(a, b)));
        Sentence sentence = Sentence.around(comment, start, end);
        assertThat(slice(comment, sentence.from(), sentence.to())).isEqualTo(sentence.text());
        assertThat(sentence.from()).isLessThanOrEqualTo(start);
        assertThat(sentence.to()).isGreaterThanOrEqualTo(end);
    }

    @Test
    void it_is_the_sentence_around_the_span_and_no_other() {
        String comment = "I waited. 😀 The nurse was kind! Then I left.";
        int start = comment.codePointCount(0, comment.indexOf("kind"));
        assertThat(Sentence.around(comment, start, start + 4).text().strip()).endsWith("The nurse was kind!");
        assertThat(Sentence.around(comment, start, start + 4).text()).doesNotContain("waited", "left");
    }

    @Test
    void a_sentence_without_end_is_cut_at_words() {
        String comment = "word ".repeat(200) + "kind " + "word ".repeat(200);
        Sentence sentence = Sentence.around(comment, 1000, 1004);
        assertThat(sentence.text()).contains("kind").hasSizeBetween(200, 400);
        assertThat(sentence.text().strip()).startsWith("word ").endsWith(" word");
    }

    private static String slice(String text, int from, int to) {
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }
}
