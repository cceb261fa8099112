package io.trustpipeline.spacy;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A text of 100,000 tokens through a transformer: what stays in memory does not depend on the document's length. */
class LongDocumentTest {

    private static final int TOKENS = 100_000;
    private static final String SENTENCE = "The nurse was kind , but I waited 5 hours . ";

    static Stream<TestModels.Fixture> models() {
        return Stream.concat(TestModels.transformers(), TestModels.curated())
                .filter(fixture -> Set.of("roberta-48", "curated-roberta").contains(fixture.name()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void a_long_document_is_scored_in_the_memory_of_a_short_one(TestModels.Fixture fixture, @TempDir Path temporary) {
        Path directory = fixture.directory(temporary);
        LanguageSession session = Language.load(directory, Language.Options.DEFAULT.withThreshold(0.9f))
                .newSession();
        session.annotate(SENTENCE.repeat(100));
        long before = used();
        Doc doc = session.tokenize(SENTENCE.repeat(TOKENS / 10));
        assertThat(doc.length()).isGreaterThanOrEqualTo(TOKENS);
        List<Span> spans = session.annotate(doc).groups().get(0).spans();
        long rowBytes = (long) TOKENS * 36 * Float.BYTES;
        assertThat(used() - before)
                .as("what a document's tensor would take, and half as much for its tokens and spans")
                .isLessThan(rowBytes + rowBytes / 2);
        assertThat(spans).isNotEmpty();
        assertThat(spans.stream().mapToInt(Span::end).max().orElse(0)).isGreaterThan(TOKENS - 100);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
