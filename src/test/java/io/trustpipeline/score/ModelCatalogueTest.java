package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ModelLocation.Local;
import io.trustpipeline.score.ModelLocation.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class ModelCatalogueTest {
    @TempDir
    Path folder;

    @Test
    void a_full_folder_gives_themes_in_the_files_order() throws IOException {
        Files.createDirectories(folder.resolve("inner/kind"));
        Files.writeString(folder.resolve("respect.tar.gz"), "");
        write("models.json", """
                {"Respect": {"path": "respect.tar.gz"},
                 "Kindness": {"path": "inner/../inner/kind", "respect_model_threshold": false},
                 "Gratitude": {"bucket": "models", "key": "Gratitude/model.tar.gz"}}""");
        write("thresholds.json", "{\"Kindness\": {\"POS\": 0.8, \"*\": 0.4}, \"Respect\": 0.9}");
        write("exclude_strings.txt", "Exam\n");

        ModelCatalogue catalogue = ModelCatalogue.read(folder);

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.requireSound().themes())
                .extracting(Theme::name, Theme::model, Theme::respectModelThreshold)
                .containsExactly(
                        tuple("Respect", new Local(folder.resolve("respect.tar.gz")), true),
                        tuple("Kindness", new Local(folder.resolve("inner/kind")), false),
                        tuple("Gratitude", new Stored("models", "Gratitude/model.tar.gz"), true));
        assertThat(catalogue.themes().get(0).thresholds().of("ANY")).isEqualTo(0.9f);
        assertThat(catalogue.themes().get(1).thresholds())
                .returns(0.8f, thresholds -> thresholds.of("POS"))
                .returns(0.4f, thresholds -> thresholds.of("NEG"))
                .returns(0.4f, Thresholds::lowest);
        assertThat(catalogue.themes().get(2).thresholds()).isEqualTo(Thresholds.DEFAULT);
        assertThat(catalogue.exclusions().excludes("EXAM")).isTrue();
    }

    @Test
    void the_models_own_thresholds_can_be_switched_off_for_all_themes_and_on_again_for_one() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        write("models.json", """
                {"respect_model_threshold": false, "A": {"path": "a"},
                 "B": {"path": "a", "respect_model_threshold": true}}""");

        assertThat(ModelCatalogue.read(folder).requireSound().themes())
                .extracting(Theme::name, Theme::respectModelThreshold)
                .containsExactly(tuple("A", false), tuple("B", true));
    }

    @Test
    void without_models_json_every_folder_with_a_model_is_a_theme() throws IOException {
        config("b");
        config("a/model-best");
        config("c/en_c-1.0/en_c");
        Files.createDirectories(folder.resolve("d"));
        Files.writeString(folder.resolve("d/model.tar.gz"), "");
        Files.createDirectories(folder.resolve("not-a-model"));
        Files.writeString(folder.resolve("not-a-model/readme"), "");
        config(".hidden");
        Files.writeString(folder.resolve("loose.tar.gz"), "");

        assertThat(ModelCatalogue.read(folder).requireSound().themes().stream()
                        .collect(Collectors.toMap(Theme::name, Theme::model)))
                .containsOnlyKeys("a", "b", "c", "d")
                .containsEntry("a", new Local(folder.resolve("a")))
                .containsEntry("d", new Local(folder.resolve("d/model.tar.gz")));
        assertThat(ModelCatalogue.read(folder).themes()).extracting(Theme::name).isSorted();
    }

    @Test
    void a_folder_that_is_a_model_is_one_theme_of_its_name() throws IOException {
        config("Kindness");
        config("Kindness/vocab");

        assertThat(ModelCatalogue.read(folder.resolve("Kindness"))
                        .requireSound()
                        .themes())
                .extracting(Theme::name)
                .containsExactly("Kindness");
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_a_line_each() throws IOException {
        write("models.json", """
                {"A": {"path": "../elsewhere"}, "B": {"path": "/etc"}, "C": {"path": "missing.tar.gz"},
                 "D": {"bucket": "b"}, "E": {"bucket": "", "key": 7}, "F": "f.tar.gz", "G": {},
                 "H": {"path": "h", "bucket": "b", "key": "k"}, "I": {"bucket": "b", "key": "k", "colour": 1, "size": 2},
                 "J": {"bucket": "b", "key": "k", "respect_model_threshold": "no"},
                 "A": {"bucket": "b", "key": "k"}, "": {"bucket": "b", "key": "k"},
                 "tab\\there": {"bucket": "b", "key": "k"}}""");
        write("thresholds.json", """
                {"A": 1.5, "B": -0.1, "C": "0.5", "D": null, "E": {"X": 2, "*": true}, "F": 1e999, "Nobody": 0.5,
                 "I": {"X": 0.5, "X": 0.6}, "J": [0.5]}""");
        Files.write(folder.resolve("exclude_strings.txt"), new byte[] {(byte) 0xFF});

        List<String> problems = ModelCatalogue.read(folder).problems();

        String models = folder.resolve("models.json") + ": ";
        String thresholds = folder.resolve("thresholds.json") + ": ";
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem).hasLineCount(1).startsWith(folder.toString()))
                .contains(
                        models + "\"A\" occurs twice (line 5); keep one",
                        models
                                + "theme \"B\": path \"/etc\" leaves the models folder; must be relative to it, inside it",
                        models + "theme \"C\": path \"missing.tar.gz\": no such file or folder",
                        models + "theme \"D\": key is missing",
                        models + "theme \"E\": bucket is \"\"; must be a text",
                        models + "theme \"E\": key is 7; must be a text",
                        models + "theme \"F\": \"f.tar.gz\"; must be {\"path\": …} or {\"bucket\": …, \"key\": …}",
                        models + "theme \"G\": must have either a path, or a bucket and a key",
                        models + "theme \"H\": must have either a path, or a bucket and a key",
                        models + "theme \"I\": unknown field \"colour\", \"size\"; known are path, bucket, key,"
                                + " respect_model_threshold",
                        models + "theme \"J\": respect_model_threshold is \"no\"; must be true or false",
                        thresholds + "theme \"A\": threshold 1.5; must be a number from 0 to 1",
                        thresholds + "theme \"B\": threshold -0.1; must be a number from 0 to 1",
                        thresholds + "theme \"C\": threshold \"0.5\"; must be a number from 0 to 1",
                        thresholds + "theme \"D\": threshold null; must be a number from 0 to 1",
                        thresholds + "theme \"E\", label \"X\": threshold 2; must be a number from 0 to 1",
                        thresholds + "theme \"E\", label \"*\": threshold true; must be a number from 0 to 1",
                        thresholds + "theme \"J\": threshold [0.5]; must be a number from 0 to 1",
                        thresholds + "\"X\" occurs twice (line 2); keep one")
                .anyMatch(problem -> problem.contains("theme \"F\": threshold"))
                .anyMatch(problem -> problem.contains("theme \"Nobody\": no such theme; there are \"A\", \"B\""))
                .anyMatch(problem -> problem.contains("theme \"\"; a name is"))
                .anyMatch(problem -> problem.contains("theme \"tab\\there\"; a name is"))
                .anyMatch(problem -> problem.contains("exclude_strings.txt: not UTF-8"));
        assertThatThrownBy(() -> ModelCatalogue.read(folder).requireSound())
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(String.join("\n", problems));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "/", "./../x", "a/./../.."})
    void a_path_may_not_leave_the_folder(String path) throws IOException {
        write("models.json", "{\"A\": {\"path\": \"%s\"}}".formatted(path));

        assertThat(ModelCatalogue.read(folder).problems())
                .singleElement()
                .asString()
                .contains("leaves the models folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|must hold one JSON object",
                "'{'|not JSON: Unexpected end-of-input",
                "'[]'|must hold one JSON object",
                "'{} {}'|not JSON: Trailing token",
                "'{\"A\": NaN}'|not JSON: Non-standard token 'NaN'",
                "'{}'|names no theme",
                "'{\"A\": {\"path\": \"a\\u0000b\"}}'|theme \"A\": path \"a\\u0000b\" is not a file name here",
            })
    void a_models_file_that_is_not_right_is_one_clear_line(String content, String reason) throws IOException {
        write("models.json", content);

        assertThat(ModelCatalogue.read(folder).problems())
                .singleElement()
                .asString()
                .hasLineCount(1)
                .startsWith(folder.resolve("models.json") + ": " + reason);
    }

    @Test
    void a_name_has_at_most_200_characters() throws IOException {
        write(
                "models.json",
                "{\"%s\": {\"bucket\": \"b\", \"key\": \"k\"}, \"%s\": {\"bucket\": \"b\", \"key\": \"k\"}}"
                        .formatted("👍".repeat(200), "n".repeat(201)));

        ModelCatalogue catalogue = ModelCatalogue.read(folder);

        assertThat(catalogue.themes()).extracting(Theme::name).containsExactly("👍".repeat(200));
        assertThat(catalogue.problems()).singleElement().asString().contains("a name is 1 to 200 characters");
    }

    @Test
    void a_folder_without_a_model_or_that_is_not_there_is_a_problem() {
        assertThat(ModelCatalogue.read(folder).problems())
                .singleElement()
                .asString()
                .startsWith(folder + ": holds no model");
        assertThat(ModelCatalogue.read(folder.resolve("absent")).problems())
                .containsExactly(folder.resolve("absent") + ": no such folder of models");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void config(String path) throws IOException {
        Files.createDirectories(folder.resolve(path));
        Files.writeString(folder.resolve(path).resolve("config.cfg"), "");
    }
}
