package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigTest {
    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("config.cfg"), text);
    }

    private Config config(String text) throws IOException {
        return Config.read(write(text));
    }

    @Test
    void values_are_json_and_sections_have_dotted_names() throws IOException {
        Config config = config("""
                # made by hand
                [nlp]
                lang = "en"
                pipeline = ["tok2vec","spancat"]
                batch_size = 1000
                vectors = null
                blank =

                [components.spancat.suggester]
                @misc = "spacy.ngram_suggester.v1"
                sizes = [1,2,3]
                threshold = 0.5
                allow_overlap = true
                plain = en_core_web_sm
                long = ["a",
                    "b"]
                """);
        assertThat(config.sections()).containsExactly("nlp", "components.spancat.suggester");
        Section nlp = config.section("nlp");
        assertThat(nlp.text("lang")).isEqualTo("en");
        assertThat(nlp.texts("pipeline")).containsExactly("tok2vec", "spancat");
        assertThat(nlp.integer("batch_size")).isEqualTo(1000);
        assertThat(nlp.has("vectors")).isFalse();
        assertThat(nlp.has("blank")).isFalse();
        assertThat(nlp.has("absent")).isFalse();
        assertThat(nlp.text("absent", "else")).isEqualTo("else");
        Section suggester = config.section("components.spancat.suggester");
        assertThat(suggester.text("@misc")).isEqualTo("spacy.ngram_suggester.v1");
        assertThat(suggester.integers("sizes")).containsExactly(1, 2, 3);
        assertThat(suggester.number("threshold")).isEqualTo(0.5);
        assertThat(suggester.flag("allow_overlap")).isTrue();
        assertThat(suggester.text("plain")).isEqualTo("en_core_web_sm");
        assertThat(suggester.texts("long")).containsExactly("a", "b");
    }

    @Test
    void references_are_followed_when_a_value_is_asked_for() throws IOException {
        Config config = config("""
                [paths]
                root = "data"
                file = "${paths.root}/x-${sizes:width}.txt"
                gone = ${nowhere.at_all}
                loop = ${paths.loop}
                [sizes]
                width = 96
                [a.b]
                width = ${sizes.width}
                colon = ${sizes:width}
                twice = ${a.b.width}
                rows = [${sizes.width}, 2]
                root = ${paths.root}
                """);
        Section section = config.section("a.b");
        assertThat(section.integer("width")).isEqualTo(96);
        assertThat(section.integer("colon")).isEqualTo(96);
        assertThat(section.integer("twice")).isEqualTo(96);
        assertThat(section.integers("rows")).containsExactly(96, 2);
        assertThat(section.text("root")).isEqualTo("data");
        assertThat(config.section("paths").text("file")).isEqualTo("data/x-96.txt");
        assertThatThrownBy(() -> config.section("paths").text("gone"))
                .hasMessage(folder.resolve("config.cfg") + ":4 [paths] gone: ${nowhere.at_all} refers to nothing");
        assertThatThrownBy(() -> config.section("paths").text("loop"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(":5 [paths] loop: ")
                .hasMessageContaining("refers to itself");
    }

    @Test
    void references_that_multiply_are_refused() throws IOException {
        StringBuilder text = new StringBuilder("[x]\nv0 = \"\"\n");
        for (int level = 1; level <= 60; level++) {
            text.append("v%d = \"${x.v%d}${x.v%d}\"\n".formatted(level, level - 1, level - 1));
        }
        Section section = config(text.toString()).section("x");
        assertThat(section.text("v5")).isEmpty();
        assertThatThrownBy(() -> section.text("v60"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("too much");
    }

    @ParameterizedTest
    @CsvSource({
        "lang, is 5 should be text",
        "list, is \"x\" should be a list of texts",
        "absent, is missing should be text"
    })
    void a_value_of_another_type_is_named_with_file_line_section_and_key(String key, String problem)
            throws IOException {
        Section section = config("\n[nlp]\nlang = 5\nlist = \"x\"\n").section("nlp");
        assertThatThrownBy(() -> {
                    if (key.equals("list")) {
                        section.texts(key);
                    } else {
                        section.text(key);
                    }
                })
                .isInstanceOfSatisfying(ModelException.class, corrupt -> assertThat(corrupt.kind())
                        .isEqualTo(ModelException.Kind.CORRUPT))
                .hasMessageContaining("config.cfg")
                .hasMessageContaining("[nlp] " + key)
                .hasMessageEndingWith(problem.replace(" should", ", should"));
    }

    @Test
    void a_line_that_is_nothing_is_named() throws IOException {
        Path file = write("[nlp]\nlang\n");
        assertThatThrownBy(() -> Config.read(file))
                .hasMessage(file + ":2: 'lang' is neither [section] nor key = value");
        Path early = write("lang = 1\n");
        assertThatThrownBy(() -> Config.read(early)).hasMessageContaining(":1: 'lang = 1'");
    }

    @Test
    void bytes_that_are_not_text_are_corrupt() throws IOException {
        Path file = Files.write(folder.resolve("config.cfg"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Config.read(file)).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Config.read(folder.resolve("absent")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void a_components_own_file_overrides_the_config_key_by_key() throws IOException {
        Path cfg = Files.writeString(folder.resolve("cfg"), "{\"threshold\": 0.25, \"max_positive\": null}");
        Section merged = config("[c]\nthreshold = 0.5\nmax_positive = 1\nspans_key = \"sc\"\n")
                .section("c")
                .overriddenBy(Section.readJson(cfg));
        assertThat(merged.number("threshold")).isEqualTo(0.25);
        assertThat(merged.has("max_positive")).isFalse();
        assertThat(merged.text("spans_key")).isEqualTo("sc");
        assertThat(merged.keys()).containsExactly("threshold", "max_positive", "spans_key");
    }

    @Test
    void a_damaged_json_file_is_corrupt() throws IOException {
        for (String text : new String[] {"{", "[1]", "", "{} {}", "[".repeat(100_000)}) {
            Path file = Files.writeString(folder.resolve("cfg"), text);
            assertThatThrownBy(() -> Section.readJson(file))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(file + ": ");
        }
    }
}
