package io.trustpipeline.spacy.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Lexeme;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Config;
import io.trustpipeline.spacy.regex.Unicode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * spaCy's rule-based tokenizer ({@code spacy.Tokenizer.v1}), driven by what the model saved. Any text is taken; a lone
 * surrogate, which Python could not even encode, counts as U+FFFD. Time is proportional to the text's length, with or
 * without spaces in it. Shared by threads; a bounded cache of chunks changes nothing but the speed.
 */
public final class Tokenizer {
    private static final String ARCHITECTURE = "spacy.Tokenizer.v1";
    private static final int CACHED_CHUNKS = 50_000;
    private static final int LONGEST_CACHED = 64;

    private final TokenizerFile file;
    private final Vocab vocab;
    private final String digest;
    private final Map<String, Lexeme[]> specialTokens = new HashMap<>();
    private final SpecialCases specialCases = new SpecialCases(specialTokens);
    private final Queue<AffixSplitter> splitters = new ConcurrentLinkedQueue<>();
    private final Cache<String, Chunk> chunks = Caffeine.newBuilder()
            .maximumSize(CACHED_CHUNKS)
            .executor(Runnable::run)
            .build();

    /** A chunk's tokens, and whether one of them may be where a broken up special case begins. */
    private record Chunk(Lexeme[] tokens, boolean mayStartSpecialCase) {}

    private Tokenizer(TokenizerFile file, Vocab vocab, String digest) {
        this.file = file;
        this.vocab = vocab;
        this.digest = digest;
        file.specialCases().forEach((text, parts) -> specialTokens.put(text, lexemes(parts)));
        findBrokenSpecialCases();
    }

    /**
     * Reads the {@code tokenizer} file of a model directory.
     *
     * @param vocab the vocabulary of the same model
     * @throws ModelException when the file is damaged, or the model's tokenizer is of another kind
     */
    public static Tokenizer read(Path modelDir, Vocab vocab) {
        Path config = modelDir.resolve("config.cfg");
        String architecture = Config.read(config).section("nlp.tokenizer").text("@tokenizers", ARCHITECTURE);
        if (!architecture.equals(ARCHITECTURE)) {
            throw ModelException.unsupported(config.toString(), "tokenizer '" + architecture + "'");
        }
        Path file = modelDir.resolve("tokenizer");
        String digest =
                Digests.sha256(vocab.language(), file, modelDir.resolve("vocab").resolve("lookups.bin"));
        return new Tokenizer(TokenizerFile.read(file), vocab, digest);
    }

    /** Tokenizers with the same digest (of rules, normal forms and language) make the same documents. */
    public String digest() {
        return digest;
    }

    public Doc tokenize(String text) {
        String whole = WellFormed.text(text);
        TokenBuffer tokens = new TokenBuffer();
        return split(whole, tokens, this::chunk)
                ? specialCases.apply(tokens, whole).doc(whole)
                : tokens.doc(whole);
    }

    /** Splits a text where space begins and ends; true when a broken up special case may be among the tokens. */
    private static boolean split(String text, TokenBuffer tokens, Function<String, Chunk> splitter) {
        boolean mayHoldSpecialCase = false;
        boolean inSpace = !text.isEmpty() && isSpace(text.charAt(0));
        int start = 0;
        for (int index = 0; index < text.length(); index++) {
            if (isSpace(text.charAt(index)) == inSpace) {
                continue;
            }
            if (start < index) {
                mayHoldSpecialCase |= append(splitter.apply(text.substring(start, index)), tokens);
            }
            boolean singleSpace = text.charAt(index) == ' ';
            if (singleSpace) {
                tokens.spaceAfterLast(true);
            }
            start = singleSpace ? index + 1 : index;
            inSpace = !inSpace;
        }
        if (start < text.length()) {
            mayHoldSpecialCase |= append(splitter.apply(text.substring(start)), tokens);
        }
        return mayHoldSpecialCase;
    }

    private static boolean isSpace(char unit) {
        return Unicode.SPACE.contains(unit);
    }

    private static boolean append(Chunk chunk, TokenBuffer tokens) {
        tokens.add(chunk.tokens);
        return chunk.mayStartSpecialCase;
    }

    private Chunk chunk(String text) {
        if (text.length() > LONGEST_CACHED) {
            return tokenizeChunk(text);
        }
        Chunk chunk = chunks.getIfPresent(text);
        if (chunk == null) {
            chunk = tokenizeChunk(text);
            chunks.put(text, chunk);
        }
        return chunk;
    }

    private Chunk tokenizeChunk(String text) {
        Lexeme[] tokens = specialTokens.get(text);
        if (tokens == null) {
            AffixSplitter splitter = splitters.poll();
            if (splitter == null) {
                splitter = new AffixSplitter(file, specialTokens.keySet());
            }
            tokens = lexemes(text, splitter.split(text));
            splitters.add(splitter);
        }
        return new Chunk(tokens, Arrays.stream(tokens).anyMatch(specialCases::mayStartWith));
    }

    private Lexeme[] lexemes(String text, List<AffixSplitter.Piece> pieces) {
        List<Lexeme> tokens = new ArrayList<>(pieces.size());
        for (AffixSplitter.Piece piece : pieces) {
            String word = text.substring(piece.start(), piece.end());
            Lexeme[] special = piece.special() ? specialTokens.get(word) : null;
            if (special != null) {
                tokens.addAll(Arrays.asList(special));
            } else {
                tokens.add(vocab.lexeme(word));
            }
        }
        return tokens.toArray(Lexeme[]::new);
    }

    private Lexeme[] lexemes(List<TokenizerFile.Part> parts) {
        return parts.stream()
                .map(part -> part.norm() == null ? vocab.lexeme(part.orth()) : vocab.lexeme(part.orth(), part.norm()))
                .toArray(Lexeme[]::new);
    }

    /** Learns what the special cases become as ordinary text, for those that would not come through whole. */
    private void findBrokenSpecialCases() {
        AffixSplitter ordinary = new AffixSplitter(file, Set.of());
        for (String text : specialTokens.keySet()) {
            if (!file.fasterHeuristics() || text.indexOf(' ') >= 0 || ordinary.hasAffix(text)) {
                TokenBuffer tokens = new TokenBuffer();
                split(text, tokens, chunk -> new Chunk(lexemes(chunk, ordinary.split(chunk)), false));
                specialCases.add(tokens);
            }
        }
    }
}
