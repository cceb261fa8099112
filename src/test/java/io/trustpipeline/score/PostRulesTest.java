package io.trustpipeline.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class PostRulesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What another implementation, in Python and written from the requirement alone, makes of the same spans. */
    @TestFactory
    Stream<DynamicTest> the_rules_agree_with_the_python_oracle() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(resource("post-rules.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode oracle = JSON.readTree(line);
                tests.add(DynamicTest.dynamicTest("case " + (tests.size() + 1), () -> agrees(oracle)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(100);
        return tests.stream();
    }

    private static void agrees(JsonNode oracle) {
        String comment = oracle.get("text").textValue();
        List<ThemeSpan> given = new ArrayList<>();
        for (JsonNode span : oracle.get("spans")) {
            given.add(Spans.at(
                    span.get("theme").textValue(),
                    comment,
                    span.get("start_char").intValue(),
                    span.get("end_char").intValue()));
        }
        List<String> expected = new ArrayList<>();
        for (JsonNode span : oracle.get("expected")) {
            expected.add("%s %s %d-%d %d"
                    .formatted(
                            span.get("theme").textValue(),
                            span.get("text").textValue(),
                            span.get("start_char").intValue(),
                            span.get("end_char").intValue(),
                            span.get("relevant").intValue()));
        }
        assertThat(PostRules.apply(new CodePoints(comment), given))
                .as(comment)
                .extracting(span -> "%s %s %d-%d %d"
                        .formatted(
                                span.theme(), span.text(), span.startChar(), span.endChar(), span.relevant() ? 1 : 0))
                .isEqualTo(expected);
    }

    @Test
    void the_emoji_are_those_of_the_python_package() throws IOException {
        BitSet expected = new BitSet();
        try (InputStream ranges = resource("emoji-code-points.json")) {
            JSON.readTree(ranges)
                    .forEach(range ->
                            expected.set(range.get(0).intValue(), range.get(1).intValue() + 1));
        }
        CodePointSet emoji = CodePointSet.read("emoji.txt");
        BitSet ours = new BitSet();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            ours.set(point, emoji.contains(point));
        }
        assertThat(ours).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"☺", "I ❤ it", "good 👍", "Trust™"})
    void a_span_with_an_emoji_is_not_relevant(String text) {
        assertThat(only(text, text).relevant()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"🇬🇧", "1️⃣", "⛤", "⚘", ":-)"})
    void sequences_and_signs_that_are_no_emoji_by_themselves_stay_relevant(String text) {
        assertThat(only(text, text).relevant()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "very kind.|very kind.|very kind",
                "very kind , |very kind , |very kind",
                "very kind!!!|very kind|very kind!",
                "very kind!!!|very kind!|very kind!!",
                "really?!|really|really?",
                "so kind.!|so kind.|so kind",
                "so kind\u00a0|so kind\u00a0|so kind",
                "so kind\u200b|so kind\u200b|so kind\u200b",
                "𠮷野 kind.|kind.|kind",
            })
    void trailing_punctuation_goes_and_one_mark_of_emphasis_comes(String comment, String given, String expected) {
        assertThat(only(comment, given).text()).isEqualTo(expected);
    }

    @Test
    void trimming_counts_code_points_and_leaves_tokens_alone() {
        ThemeSpan span = only("👍👍 so kind...", "so kind...");

        assertThat(span).returns(3, ThemeSpan::startChar).returns(10, ThemeSpan::endChar);
        assertThat(span).returns(0, ThemeSpan::startToken).returns(1, ThemeSpan::endToken);
    }

    @Test
    void a_span_of_only_punctuation_becomes_empty_and_stays_relevant() {
        assertThat(only("good ... bad", "..."))
                .returns("", ThemeSpan::text)
                .returns(5, ThemeSpan::startChar)
                .returns(5, ThemeSpan::endChar)
                .returns(true, ThemeSpan::relevant);
    }

    @Test
    void a_span_that_is_not_that_part_of_its_comment_is_left_as_it_is() {
        ThemeSpan elsewhere = new ThemeSpan("A", "L", "kind.", 0, 5, 0, 1, 1, true, "d");
        ThemeSpan outside = new ThemeSpan("A", "L", "far.", 90, 94, 0, 1, 1, true, "d");

        assertThat(PostRules.apply(new CodePoints("rude. kind."), List.of(elsewhere, outside)))
                .containsExactly(elsewhere, outside);
    }

    private static ThemeSpan only(String comment, String part) {
        return PostRules.apply(new CodePoints(comment), List.of(Spans.of(comment, part)))
                .get(0);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(PostRulesTest.class.getResourceAsStream("/score/" + name), name);
    }
}
