package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Lexeme;
import org.jspecify.annotations.Nullable;

/**
 * The embedding cache's entries by the very word, so that a frequent word's attributes need not be read and compared again.
 * Belongs to one thread.
 */
final class RecentWords {

    private static final int BITS = 12;
    private static final int WORDS = 1 << BITS;

    private final @Nullable Lexeme[] words = new Lexeme[WORDS];
    private final EmbedCache.@Nullable Entry[] entries = new EmbedCache.Entry[WORDS];

    EmbedCache.@Nullable Entry get(Lexeme word) {
        int place = place(word);
        return words[place] == word ? entries[place] : null;
    }

    void put(Lexeme word, EmbedCache.Entry entry) {
        int place = place(word);
        words[place] = word;
        entries[place] = entry;
    }

    private static int place(Lexeme word) {
        return word.hashCode() * 0x9E3779B9 >>> -BITS;
    }
}
