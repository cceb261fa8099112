package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.TestModels;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenizerTest {
    private static final Tokenizer ENGLISH = read("en");
    private static final Tokenizer FRENCH = read("fr");

    private static Path unpack(String language) {
        try {
            Path folder = Files.createTempDirectory("tokenizer");
            Path archive = Path.of(System.getProperty("project.dir", "."), "src/test/resources/spacy/text")
                    .resolve(language + ".tar.gz");
            return TestModels.unpack(archive, folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Tokenizer read(String language) {
        Path model = unpack(language);
        return Tokenizer.read(model, Vocab.read(model));
    }

    private static List<String> tokens(Doc doc) {
        return IntStream.range(0, doc.length()).mapToObj(doc::tokenText).toList();
    }

    @Property(tries = 3000)
    void tokens_and_spaces_join_to_the_text(@ForAll @StringLength(max = 60) String text) {
        Doc doc = ENGLISH.tokenize(text);
        StringBuilder joined = new StringBuilder();
        for (int token = 0; token < doc.length(); token++) {
            assertThat(doc.startChar(token)).isEqualTo(joined.codePointCount(0, joined.length()));
            joined.append(doc.tokenText(token));
            assertThat(doc.endChar(token)).isEqualTo(joined.codePointCount(0, joined.length()));
            assertThat(doc.slice(doc.startChar(token), doc.endChar(token))).isEqualTo(doc.tokenText(token));
            joined.append(doc.spaceAfter(token) ? " " : "");
        }
        assertThat(joined).hasToString(doc.text());
        assertThat(doc.text()).hasSameSizeAs(text);
    }

    @Test
    void a_lone_surrogate_counts_as_the_replacement_character() {
        assertThat(ENGLISH.tokenize("a\uD800b \uDC00 \uD83D\uDE00 \uD83D").text())
                .isEqualTo("a\uFFFDb \uFFFD \uD83D\uDE00 \uFFFD");
        assertThat(tokens(ENGLISH.tokenize("\uDE00\uD83D"))).isEqualTo(tokens(ENGLISH.tokenize("\uFFFD\uFFFD")));
    }

    /** Words that one of the patterns could run over again and again, or that could be copied over and over. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "!",
                "(",
                ")",
                ".",
                ". .",
                "a.",
                "a,b",
                "a:b",
                "@",
                "://",
                "-",
                "'",
                "1.",
                "http://a.",
                "l'",
                "qu'",
                "(^_^)",
                " ",
                "\n",
                "\uD83D\uDE00",
                "\uD83D\uDC68\u200D",
                "1$",
                "don't",
                "A-",
                "''",
                "(a"
            })
    void a_text_without_end_takes_time_in_proportion_and_little_stack(String piece) throws InterruptedException {
        StackOverflowError[] overflow = new StackOverflowError[1];
        long[] times = new long[2];
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        for (Tokenizer tokenizer : List.of(ENGLISH, FRENCH)) {
                            times[0] += fastest(tokenizer, piece.repeat(6_000 / piece.length()));
                            times[1] += fastest(tokenizer, piece.repeat(60_000 / piece.length()));
                        }
                    } catch (StackOverflowError caught) {
                        overflow[0] = caught;
                    }
                },
                "small stack",
                256 * 1024);
        small.start();
        small.join();
        assertThat(overflow[0]).isNull();
        // Ten times the text; quadratic would be a hundred times the time. Too fast to measure is fast enough.
        assertThat(times[1]).isLessThan(Math.max(times[0] * 50, 200_000_000L));
    }

    private static long fastest(Tokenizer tokenizer, String text) {
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            tokenizer.tokenize(text);
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        return fastest;
    }

    @Test
    void a_megabyte_without_a_space_is_one_token_or_a_million() {
        assertThat(ENGLISH.tokenize("a".repeat(1_000_000)).length()).isEqualTo(1);
        assertThat(ENGLISH.tokenize("(".repeat(1_000_000)).length()).isEqualTo(1_000_000);
    }

    @Test
    void the_same_text_has_the_same_tokens_whatever_came_before() {
        List<String> texts = List.of("(don't!)", "don't", "(don't!) well-known U.S.", "well-known", "10km.", "'S 's");
        Tokenizer used = read("en");
        List<List<String>> first =
                texts.stream().map(text -> tokens(used.tokenize(text))).toList();
        Random random = new Random(5);
        for (int word = 0; word < 120_000; word++) {
            used.tokenize("w" + random.nextInt() + ".");
        }
        for (int text = 0; text < texts.size(); text++) {
            assertThat(tokens(used.tokenize(texts.get(text)))).isEqualTo(first.get(text));
            assertThat(tokens(read("en").tokenize(texts.get(text)))).isEqualTo(first.get(text));
        }
    }

    @Test
    void threads_share_a_tokenizer() throws ExecutionException, InterruptedException {
        Tokenizer shared = read("en");
        List<String> texts = IntStream.range(0, 3000)
                .mapToObj(number ->
                        "(word" + number % 700 + "-x) don't " + number % 900 + "km/h... www.a" + number % 800 + ".com")
                .toList();
        List<List<String>> expected =
                texts.stream().map(text -> tokens(ENGLISH.tokenize(text))).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<List<String>>>> results = IntStream.range(0, 4)
                    .mapToObj(thread -> threads.submit(() -> texts.stream()
                            .map(text -> tokens(shared.tokenize(text)))
                            .toList()))
                    .toList();
            for (Future<List<List<String>>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void models_with_the_same_rules_have_the_same_digest() {
        assertThat(read("en").digest()).isEqualTo(ENGLISH.digest()).isNotEqualTo(FRENCH.digest());
    }

    @Test
    void another_tokenizer_than_the_rule_based_one_is_refused() throws IOException {
        Path model = unpack("xx");
        Vocab vocab = Vocab.read(model);
        Files.writeString(
                model.resolve("config.cfg"),
                "[nlp]\nlang = \"ja\"\n[nlp.tokenizer]\n@tokenizers = \"spacy.ja.JapaneseTokenizer\"\n");
        assertThatThrownBy(() -> Tokenizer.read(model, vocab))
                .isInstanceOfSatisfying(ModelException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ModelException.Kind.UNSUPPORTED))
                .hasMessageContaining("config.cfg: tokenizer 'spacy.ja.JapaneseTokenizer'");
    }

    @Test
    void a_damaged_file_is_refused_or_loads_but_nothing_worse() throws IOException {
        Path model = unpack("xx");
        Vocab vocab = Vocab.read(model);
        Path file = model.resolve("tokenizer");
        byte[] sound = Files.readAllBytes(file);
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            Files.write(file, round % 2 == 0 ? bytes : Arrays.copyOf(sound, random.nextInt(sound.length)));
            try {
                Tokenizer.read(model, vocab).tokenize("(some text, to see.)");
            } catch (ModelException exception) {
                assertThat(exception.getMessage()).startsWith(file.toString()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isBetween(150, 299);
    }
}
