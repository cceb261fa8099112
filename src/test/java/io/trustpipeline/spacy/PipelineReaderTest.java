package io.trustpipeline.spacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pipelines that a changed line turns into others. */
class PipelineReaderTest {

    @TempDir
    Path temporary;

    private Path changed(String model, String file, String from, String to) throws IOException {
        Path directory = TestModels.named(model).directory(temporary);
        Path changed = directory.resolve(file);
        String text = Files.readString(changed);
        assertThat(text).contains(from);
        Files.writeString(changed, text.replace(from, to));
        return directory;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x-finder | config.cfg | pipeline = [\"tok2vec\", \"span_finder\", \"spancat\"] | pipeline = [\"tok2vec\", \"spancat\"] | which no component before it writes",
                "x-finder | config.cfg | pipeline = [\"tok2vec\", \"span_finder\", \"spancat\"] | pipeline = [\"tok2vec\"] | no span categorizer runs",
                "x-finder | config.cfg | disabled = [] | disabled = [\"spancat\"] | no span categorizer runs",
                "x-finder | config.cfg | pipeline = [\"tok2vec\", | pipeline = [\"../tok2vec\", | impossible name",
                "x-finder | config.cfg | factory = \"span_finder\" | factory = \"doc_cleaner\" | removes the tensor before 'spancat'",
                "x-finder | config.cfg | @tokenizers = \"spacy.Tokenizer.v1\" | @tokenizers = \"spacy.zh.ChineseTokenizer\" | spacy.zh.ChineseTokenizer",
                "x-single | spancat/cfg | \"max_positive\":1 | \"max_positive\":null | threshold is null",
                "x-single | spancat/cfg | \"max_positive\":1 | \"max_positive\":0 | max_positive 0",
                "x-columns | config.cfg | max_size = 3 | max_size = 2000000000 | expected 1 to 1000",
                "x-columns | config.cfg | min_size = 1 | min_size = 0 | size 0"
            })
    void is_refused(String model, String file, String from, String to, String fragment) throws IOException {
        Path directory = changed(model, file, from, to);
        assertThatThrownBy(() -> Language.load(directory, Language.Options.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(fragment)
                .hasMessageContaining("config.cfg");
    }

    @Test
    void the_settings_file_of_a_component_overrules_the_configuration() throws IOException {
        Path directory = changed("x-max-one", "spancat/cfg", "\"spans_key\":\"sc\"", "\"spans_key\":\"other\"");
        SpanGroups found =
                Language.load(directory, Language.Options.DEFAULT).newSession().annotate("The nurse was kind.");
        assertThat(found.groups()).extracting(SpanGroup::name).containsExactly("other");
    }

    @Test
    void a_cleaner_at_the_end_is_skipped() throws IOException {
        Path directory = changed(
                "x-company",
                "config.cfg",
                "pipeline = [\"sentencizer\",\"tok2vec\",\"tagger\",\"textcat\",\"spancat\"]".replace(",", ", "),
                "pipeline = [\"tok2vec\", \"spancat\", \"sentencizer\"]");
        Path config = directory.resolve("config.cfg");
        Files.writeString(
                config, Files.readString(config).replace("factory = \"sentencizer\"", "factory = \"doc_cleaner\""));
        ModelCard card = Language.load(directory, Language.Options.DEFAULT).card();
        assertThat(card.components().get(2).runs()).isFalse();
    }
}
