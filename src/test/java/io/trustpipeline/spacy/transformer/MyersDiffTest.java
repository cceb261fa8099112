package io.trustpipeline.spacy.transformer;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of several equally short scripts is chosen is tested against spaCy, by the pipelines with slow tokenizers. */
class MyersDiffTest {

    private static int longestCommonSubsequence(String a, String b) {
        int[][] length = new int[a.length() + 1][b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                length[i][j] = a.charAt(i - 1) == b.charAt(j - 1)
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.length()][b.length()];
    }

    @Property
    void matches_ascend_are_equal_and_as_many_as_can_be(
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 40) String a,
            @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 40) String b) {
        int[] matches = new MyersDiff(a.chars().toArray(), b.chars().toArray()).matches();
        int[] matched = IntStream.of(matches).filter(match -> match >= 0).toArray();
        assertThat(matched).isSorted().doesNotHaveDuplicates().hasSize(longestCommonSubsequence(a, b));
        for (int i = 0; i < matches.length; i++) {
            if (matches[i] >= 0) {
                assertThat(b.charAt(matches[i])).isEqualTo(a.charAt(i));
            }
        }
    }
}
