package io.trustpipeline.spacy.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.Attribute;
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
        Vocab vocab = Vocab.read(model);
        Tokenizer tokenizer = Tokenizer.read(model, vocab);
        int flags = flagsOf(vocab);
        List<String> differences = new ArrayList<>();
        try (Stream<JsonNode> texts = JsonLines.read(golden)) {
            texts.forEach(text -> {
                Doc doc = tokenizer.tokenize(text.get("text").asText());
                if (!actual(doc, flags).equals(expected(text, flags))) {
                    differences.add(
                            text.get("text") + "\n  is  " + actual(doc, flags) + "\n  not " + expected(text, flags));
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    /** The flags that can be computed for the language. */
    private static int flagsOf(Vocab vocab) {
        int flags = 0;
        for (Attribute attribute : Attribute.values()) {
            boolean known = !attribute.dependsOnLanguage() || new LanguageFlags(vocab.language()).compute(attribute);
            if (known && (attribute.name().startsWith("IS_") || attribute.name().startsWith("LIKE_"))) {
                flags |= attribute.bit();
            }
        }
        return flags;
    }

    private static List<String> actual(Doc doc, int flags) {
        return IntStream.range(0, doc.length())
                .mapToObj(token -> doc.tokenText(token) + "|" + (doc.spaceAfter(token) ? 1 : 0) + "|"
                        + doc.lexeme(token).norm() + "|" + (doc.lexeme(token).flags() & flags))
                .toList();
    }

    private static List<String> expected(JsonNode text, int flags) {
        return IntStream.range(0, text.get("tokens").size())
                .mapToObj(token -> text.get("tokens").get(token).asText() + "|"
                        + text.get("spaces").asText().charAt(token) + "|"
                        + text.get("norms").get(token).asText() + "|"
                        + (text.get("flags").get(token).asInt() & flags))
                .toList();
    }
}
