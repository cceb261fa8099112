package io.trustpipeline.spacy.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Lexeme;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Config;
import io.trustpipeline.spacy.regex.Unicode;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A model's words: what follows from a word's text, the model's table of normal forms, its static vectors. Shared by
 * threads. A bounded cache keeps the words met most often; nothing depends on what it holds.
 */
public final class Vocab {
    private static final int CACHED_LEXEMES = 50_000;
    private static final int LONGEST_CACHED = 64;
    private static final int SUFFIX_LENGTH = 3;
    private static final Map<String, String> BASE_NORMS = Tables.baseNorms();
    /** Their normal forms are computed by code of the language, which no file of the model holds. */
    private static final Set<String> LANGUAGES_WITH_OWN_NORMS = Set.of("hi", "ht", "ne");

    private final String language;
    private final LanguageFlags languageFlags;
    private final Map<Long, String> norms;
    private final @Nullable Vectors vectors;
    private final Cache<String, Lexeme> lexemes = Caffeine.newBuilder()
            .maximumSize(CACHED_LEXEMES)
            .executor(Runnable::run)
            .build();

    private Vocab(String language, Map<Long, String> norms, @Nullable Vectors vectors) {
        this.language = language;
        this.languageFlags = new LanguageFlags(language);
        this.norms = norms;
        this.vectors = vectors;
    }

    /**
     * Reads the {@code vocab} folder of a model directory.
     *
     * @throws ModelException when a file is damaged, or the vocabulary is of a kind that is not supported
     */
    public static Vocab read(Path modelDir) {
        Path file = modelDir.resolve("config.cfg");
        String language = Config.read(file).section("nlp").text("lang");
        if (LANGUAGES_WITH_OWN_NORMS.contains(language)) {
            throw ModelException.unsupported(
                    file.toString(), "language '" + language + "' computes normal forms by code of its own");
        }
        Path folder = modelDir.resolve("vocab");
        return new Vocab(language, Lookups.norms(folder.resolve("lookups.bin")), Vectors.read(folder));
    }

    /** The language that the model says it is of, such as {@code en}. */
    public String language() {
        return language;
    }

    /**
     * The attribute of a name as model files hold it, or of a number in digits, when it can be computed for words of
     * this language.
     *
     * @param where the file or component that asks for it, for the error
     * @throws ModelException when it cannot
     */
    public Attribute attribute(String name, String where) {
        Attribute attribute = Attribute.find(name);
        if (attribute == null || !languageFlags.compute(attribute)) {
            throw Attribute.unsupported(name, where);
        }
        return attribute;
    }

    /** The static vectors, or null when the model has none. */
    public @Nullable Vectors vectors() {
        return vectors;
    }

    /** The word of a text, which must not be empty or hold lone surrogates. */
    public Lexeme lexeme(String text) {
        if (text.length() > LONGEST_CACHED) {
            return create(text, norm(text));
        }
        return lexemes.get(text, word -> create(word, norm(word)));
    }

    /** The word of a text whose normal form the tokenizer's rules give. */
    Lexeme lexeme(String text, String norm) {
        Lexeme usual = lexeme(text);
        return usual.norm().equals(norm) ? usual : create(text, norm);
    }

    long cachedLexemes() {
        lexemes.cleanUp();
        return lexemes.estimatedSize();
    }

    private String norm(String text) {
        String norm = norms.isEmpty() ? null : norms.get(StringStore.id(text));
        if (norm == null) {
            norm = BASE_NORMS.get(text);
        }
        return norm == null ? Unicode.lower(text) : norm;
    }

    private Lexeme create(String text, String norm) {
        String lower = Unicode.lower(text);
        String prefix = text.substring(0, text.offsetByCodePoints(0, 1));
        Lexeme.Ids ids = new Lexeme.Ids(
                StringStore.id(text),
                StringStore.id(lower),
                StringStore.id(norm),
                StringStore.id(prefix),
                StringStore.id(suffix(text)),
                StringStore.id(WordShape.of(text)));
        return new Lexeme(text, norm, ids, Flags.of(text) | languageFlags.of(text, lower));
    }

    private static String suffix(String text) {
        int start = text.length();
        for (int count = 0; count < SUFFIX_LENGTH && start > 0; count++) {
            start = text.offsetByCodePoints(start, -1);
        }
        return text.substring(start);
    }
}
