package io.trustpipeline.score;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ExclusionListTest {
    @TempDir
    Path folder;

    @Test
    void entries_are_stripped_and_compared_in_lower_case_with_the_whole_span_text() {
        ExclusionList list = ExclusionList.of(List.of("  Reviews\t", "N/A", "two words", "\u00a0É\u2003"));

        assertThat(List.of("reviews", "REVIEWS", "n/a", "Two Words", "é", "É")).allMatch(list::excludes);
        assertThat(List.of("reviews ", " reviews", "review", "the reviews", "two  words", ""))
                .noneMatch(list::excludes);
    }

    @Test
    void blank_lines_are_no_entries() {
        assertThat(ExclusionList.of(List.of("", "  ", "\u3000")).excludes("")).isFalse();
    }

    @Test
    void all_line_ends_and_a_byte_order_mark_are_understood() throws IOException {
        Path file = Files.writeString(folder.resolve("exclude_strings.txt"), "\uFEFFone\r\ntwo\rthree\nfo\u2028ur");

        assertThat(ExclusionList.read(file, problem -> {}).entries())
                .containsExactlyInAnyOrder("one", "two", "three", "fo\u2028ur");
    }

    @Test
    void a_list_that_is_not_utf_8_is_a_problem_that_names_the_file() throws IOException {
        Path file = Files.write(folder.resolve("exclude_strings.txt"), new byte[] {'a', (byte) 0xE9, '\n'});
        List<String> problems = new ArrayList<>();

        ExclusionList.read(file, problems::add);

        assertThat(problems).singleElement().asString().startsWith(file + ": not UTF-8");
    }

    @Test
    void without_a_file_nothing_is_excluded() {
        List<String> problems = new ArrayList<>();

        assertThat(ExclusionList.read(folder.resolve("none.txt"), problems::add).excludes("a"))
                .isFalse();
        assertThat(problems).isEmpty();
    }
}
