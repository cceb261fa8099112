package io.trustpipeline.spacy.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TestModels;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random strings of nasty pieces in the tokenizers of several languages, against what spaCy made of them ({@code
 * bench/make_tokenizer_golden.py}). More languages: {@code -Dtokenizer.golden.dir=FOLDER}.
 */
class NastyTextTest {
    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));

    static Stream<Path> languages() throws IOException {
        String folder = System.getProperty("tokenizer.golden.dir", "");
        try (Stream<Path> files =
                Files.list(folder.isEmpty() ? PROJECT.resolve("src/test/resources/spacy/text") : Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".jsonl.gz")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void nasty_texts_are_split_as_spacy_splits_them(Path golden, @TempDir Path temporary) {
        String name = golden.getFileName().toString().replace(".jsonl.gz", ".tar.gz");
        Path model = TestModels.unpack(golden.resolveSibling(name), temporary);
        Tokenizer tokenizer = Tokenizer.read(model, Vocab.read(model));
        List<String> differences = new ArrayList<>();
        try (Stream<JsonNode> texts = JsonLines.read(golden)) {
            texts.forEach(text -> {
                Doc doc = tokenizer.tokenize(text.get("text").asText());
                if (!actual(doc).equals(expected(text))) {
                    differences.add(text.get("text") + "\n  is  " + actual(doc) + "\n  not " + expected(text));
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    private static List<String> actual(Doc doc) {
        return IntStream.range(0, doc.length())
                .mapToObj(token -> doc.tokenText(token) + "|" + (doc.spaceAfter(token) ? 1 : 0) + "|"
                        + doc.lexeme(token).norm())
                .toList();
    }

    private static List<String> expected(JsonNode text) {
        return IntStream.range(0, text.get("tokens").size())
                .mapToObj(token -> text.get("tokens").get(token).asText() + "|"
                        + text.get("spaces").asText().charAt(token) + "|"
                        + text.get("norms").get(token).asText())
                .toList();
    }
}
