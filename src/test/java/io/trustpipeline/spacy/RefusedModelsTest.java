package io.trustpipeline.spacy;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RefusedModelsTest {

    static Stream<Arguments> models() throws IOException {
        return Golden.json(TestModels.refused().resolve("refused.json")).properties().stream()
                .map(Map.Entry.class::cast)
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void what_cannot_be_run_is_refused_at_load_in_one_line_that_names_it(
            String name, com.fasterxml.jackson.databind.JsonNode fragment, @TempDir Path temporary) {
        Path directory = TestModels.unpack(TestModels.refused().resolve(name + ".tar.gz"), temporary);
        ModelException refused =
                catchThrowableOfType(ModelException.class, () -> Language.load(directory, Language.Options.DEFAULT));
        assertThat(refused).as(name).isNotNull();
        assertThat(refused)
                .hasMessageContaining(fragment.asText())
                .hasMessageContaining(directory.toString())
                .hasMessageNotContaining("\n");
        System.out.println("refused " + name + ": " + refused.getMessage().replace(temporary.toString(), ""));
    }
}
