package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Patterns that were made to take for ever, or all memory. */
class HostilePatternTest {
    /** Seconds after which nobody would call it slow. */
    private static final int HANGS = 120;

    private static final String LONG = "a".repeat(10_000);

    /** Each of these takes a backtracking engine longer than anybody lives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+b",
                "(?:a|a)*b",
                "(?:a|aa)+b",
                "(a+)+(a+)+(a+)+b",
                "(?:a?){1000}b",
                "(?:a{0,30}){30}b",
                "(.*a){20}b",
                "(x+x+)+y|(a+a+)+b",
                "^(?:\\w+\\s?)*$b",
                "(?:[a-z]+)*[0-9]"
            })
    @Timeout(HANGS)
    void what_backtracking_never_ends_takes_one_pass(String pattern) {
        PatternMatcher matcher = PythonPattern.compile(pattern, "tokenizer").matcher();
        assertThat(matcher.search(LONG, 0, LONG.length())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "(?:(?:(?:a{100}){100}){100}){100}",
                "((((){1000}){1000}){1000}){1000}",
                "(?:(?=a{900}){1000}){1000}",
                "(?:(?<!(?:ab?){900})x){1000}",
                "(?:(?:a?){0,1000}b?){0,1000}",
                "(?:\\b{1000}){1000}"
            })
    @Timeout(HANGS)
    void what_would_fill_the_memory_is_refused_when_it_is_read(String pattern) {
        assertThatThrownBy(() -> PythonPattern.compile(pattern, "tokenizer prefix_search"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("tokenizer prefix_search: ");
    }

    /** A condition is looked at again at every character: each one inside another multiplies. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:(?=.*(?=.*(?=.*(?=.*b))))a)*c",
                "(?:(?!.*(?!.*(?!.*b)))a)+c",
                "(?:(?<=(?<=(?<=a.*).*)a).)*c",
                "(?=(?:.*a)*b)a"
            })
    @Timeout(HANGS)
    void conditions_that_multiply_end_with_the_budget(String pattern) {
        StepBudget budget = new StepBudget("model/tokenizer");
        PatternMatcher matcher = PythonPattern.compile(pattern, "tokenizer").matcher(budget);
        budget.begin(LONG.length());
        assertThatThrownBy(() -> matcher.search(LONG, 0, LONG.length()))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model/tokenizer: its regular expressions take more than 2000 steps a character on this text");
    }

    @Test
    void nested_brackets_end_before_the_stack_does() {
        String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
        assertThatThrownBy(() -> PythonPattern.compile(deep, "tokenizer"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nested groups");
    }
}
