package io.trustpipeline.spacy.regex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PythonPatternTest {
    @Test
    void random_patterns_find_what_python_finds() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(getClass().getResourceAsStream("/spacy/regex/python.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode golden = json.readTree(line);
                String expected = golden.get(2) + " " + golden.get(3) + " " + golden.get(4);
                String actual = found(golden.get(0).asText(), golden.get(1).asText());
                if (!actual.equals(expected)) {
                    differences.add(golden.get(0) + " in " + golden.get(1) + " is " + actual + ", not " + expected);
                }
                compared++;
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isEqualTo(6000);
    }

    /** The matches of finditer, the end of match, the span of search; in code points. */
    private static String found(String source, String text) {
        PatternMatcher matcher = PythonPattern.compile(source, "test").matcher();
        // In the middle of other text, which must not be seen.
        String whole = "a1" + text + "b.";
        int low = 2;
        int high = low + text.length();
        List<String> all = new ArrayList<>();
        matcher.iterate(whole, low, high);
        while (matcher.next()) {
            all.add(span(whole, matcher));
        }
        Integer match = matcher.match(whole, low, high) ? whole.codePointCount(low, matcher.end()) : null;
        String search = matcher.search(whole, low, high) ? span(whole, matcher) : null;
        return "[" + String.join(",", all) + "] " + match + " " + search;
    }

    private static String span(String whole, PatternMatcher matcher) {
        return "[" + whole.codePointCount(2, matcher.start()) + "," + whole.codePointCount(2, matcher.end()) + "]";
    }

    @ParameterizedTest
    @CsvSource({
        "(a)\\1, a reference to a group",
        "(?P<x>a)(?P=x), a reference to a group",
        "(?>a), an atomic group",
        "a++, a possessive repeat",
        "(a)(?(1)b|c), a group that depends on another",
        "(?x)a, flag 'x'",
        "(?a)\\w, flag 'a'",
        "\\N{DASH}, the escape \\N",
        "(a?)*b, an unlimited repeat of what may be empty",
        "'(?:^|a?){2,}', an unlimited repeat of what may be empty",
        "'a{1,2000}', more than 1000 repeats",
        "'(?:(?:a{100}){100}){100}', regular expression of more than"
    })
    void what_needs_backtracking_is_refused_by_name(String source, String construct) {
        assertThatThrownBy(() -> PythonPattern.compile(source, "model/tokenizer infix_finditer"))
                .isInstanceOfSatisfying(ModelException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ModelException.Kind.UNSUPPORTED))
                .hasMessageStartingWith("model/tokenizer infix_finditer: ")
                .hasMessageContaining(construct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[a",
                "[b-a]",
                "[\\w-a]",
                "*",
                "a**",
                "a{2,1}",
                "(?",
                "(?<",
                "(?<a)",
                "(?P<",
                "\\",
                "\\u12",
                "\\xg1",
                "\\UFFFFFFFF",
                "\\777",
                "(?:",
                "(?=a",
                "(?#a"
            })
    void a_malformed_pattern_is_corrupt(String source) {
        assertThatThrownBy(() -> PythonPattern.compile(source, "x"))
                .isInstanceOfSatisfying(ModelException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ModelException.Kind.CORRUPT))
                .hasMessageNotContaining("\n");
    }

    @Test
    void nesting_without_end_is_refused_and_does_not_overflow_the_stack() {
        String source = "(".repeat(100_000) + ")".repeat(100_000);
        assertThatThrownBy(() -> PythonPattern.compile(source, "x")).isInstanceOf(ModelException.class);
    }

    @Test
    void classes_are_those_of_python_whatever_the_jdk_knows() {
        // A letter and a digit of Unicode 15, which Python 3.11 does not know.
        assertThat(PythonPattern.compile("\\w", "x").matcher().search("\uD803\uDEFD", 0, 2))
                .isFalse();
        assertThat(PythonPattern.compile("\\w", "x").matcher().search("\u0301", 0, 1))
                .isFalse();
        assertThat(PythonPattern.compile("\\s", "x").matcher().search("\u0085", 0, 1))
                .isTrue();
        assertThat(PythonPattern.compile("\\s", "x").matcher().search("\u200B", 0, 1))
                .isFalse();
    }
}
