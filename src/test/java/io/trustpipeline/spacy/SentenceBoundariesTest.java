package io.trustpipeline.spacy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which pipelines with windows of sentences are run, and how the others are refused. */
class SentenceBoundariesTest {

    private static final String OVERWRITING = "sentencizer\"\noverwrite = true\nnote = \"";

    @TempDir
    private Path temporary;

    private int models;

    /** A transformer whose windows are sentences, behind components of these factories, named c0, c1 … */
    private Language load(String... factories) throws IOException {
        Path model = TestModels.transformers()
                .filter(fixture -> fixture.name().equals("roberta-48"))
                .findFirst()
                .orElseThrow()
                .directory(Files.createDirectory(temporary.resolve("model" + models++)));
        Path config = model.resolve("config.cfg");
        String names = Arrays.stream(factories)
                .map(factory -> "\"c" + Arrays.asList(factories).indexOf(factory) + "\",")
                .collect(Collectors.joining());
        String sections = Arrays.stream(factories)
                .map(factory -> "[components.c%d]%nfactory = \"%s\"%n"
                        .formatted(Arrays.asList(factories).indexOf(factory), factory))
                .collect(Collectors.joining());
        String text = Files.readString(config);
        assertThat(text).contains("pipeline = [", "strided_spans.v1");
        Files.writeString(
                config,
                text.replace("strided_spans.v1", "sent_spans.v1").replace("pipeline = [", "pipeline = [" + names) + "\n"
                        + sections);
        return Language.load(model, Language.Options.DEFAULT);
    }

    private void assertRefused(String message, String... factories) {
        assertThatThrownBy(() -> load(factories))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("component 'transformer'")
                .hasMessageContaining("config.cfg")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void sentences_that_only_a_trained_component_finds_are_refused() {
        assertRefused("and no sentencizer runs before it");
        assertRefused("whose starts component 'c0' sets; only those of a sentencizer are computed", "senter");
        assertRefused("whose starts component 'c0' sets", "parser");
        assertRefused("whose starts component 'c1' sets", "sentencizer", "senter");
    }

    @Test
    void a_sentencizer_that_does_not_overwrite_leaves_what_others_set() throws IOException {
        assertRefused("whose starts component 'c0' sets", "senter", "sentencizer");
        assertThat(load("senter", OVERWRITING).newSession().annotate("Kind. Quick."))
                .isEqualTo(load("sentencizer").newSession().annotate("Kind. Quick."));
    }
}
