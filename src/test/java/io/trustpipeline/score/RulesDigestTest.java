package io.trustpipeline.score;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class RulesDigestTest {
    private static final ExclusionList NONE = ExclusionList.EMPTY;

    @Test
    void whatever_changes_the_result_changes_the_digest() {
        Stream<String> digests = Stream.of(
                digest(new Thresholds(0.5f, Map.of()), true, NONE),
                digest(new Thresholds(0.6f, Map.of()), true, NONE),
                digest(new Thresholds(0.5f, Map.of("A", 0.6f)), true, NONE),
                digest(new Thresholds(0.5f, Map.of("B", 0.6f)), true, NONE),
                digest(new Thresholds(0.5f, Map.of("A", 0.6f, "B", 0.6f)), true, NONE),
                digest(new Thresholds(0.5f, Map.of("A\nthreshold 0.6 \"B\"", 0.6f)), true, NONE),
                digest(new Thresholds(0.5f, Map.of()), false, NONE),
                digest(new Thresholds(0.5f, Map.of()), true, ExclusionList.of(List.of("x"))),
                digest(new Thresholds(0.5f, Map.of()), true, ExclusionList.of(List.of("y"))),
                digest(new Thresholds(0.5f, Map.of()), true, ExclusionList.of(List.of("x", "y"))),
                RulesDigest.of(theme(Thresholds.DEFAULT, true), ScoringRules.of(ScoringMode.RAW, NONE)),
                RulesDigest.of(theme(Thresholds.DEFAULT, true), ScoringRules.of(ScoringMode.ALL_CANDIDATES, NONE)),
                RulesDigest.of(theme(Thresholds.DEFAULT, true), new ScoringRules(ScoringMode.RULES, NONE, "abc")),
                RulesDigest.of(theme(Thresholds.DEFAULT, true), new ScoringRules(ScoringMode.RULES, NONE, "abd")));

        assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    @Test
    void saying_the_same_in_other_words_keeps_the_digest() {
        assertThat(digest(new Thresholds(0.5f, Map.of("A", 0.5f)), true, ExclusionList.of(List.of("X ", "y", "x"))))
                .isEqualTo(digest(Thresholds.DEFAULT, true, ExclusionList.of(List.of("y", "x"))));
    }

    @Test
    void raw_results_do_not_depend_on_thresholds_and_exclusions() {
        assertThat(RulesDigest.of(
                        theme(new Thresholds(0.9f, Map.of()), false),
                        ScoringRules.of(ScoringMode.RAW, ExclusionList.of(List.of("x")))))
                .isEqualTo(RulesDigest.of(theme(Thresholds.DEFAULT, true), ScoringRules.of(ScoringMode.RAW, NONE)));
    }

    private static String digest(Thresholds thresholds, boolean respect, ExclusionList exclusions) {
        return RulesDigest.of(theme(thresholds, respect), ScoringRules.of(ScoringMode.RULES, exclusions));
    }

    private static Theme theme(Thresholds thresholds, boolean respect) {
        return new Theme("Kindness", new ModelLocation.Stored("bucket", "key"), thresholds, respect);
    }
}
