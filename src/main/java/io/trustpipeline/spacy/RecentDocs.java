package io.trustpipeline.spacy;

import io.trustpipeline.spacy.text.Tokenizer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts that a thread tokenised last. Models that are asked about the same texts one after the other share them, when
 * their tokenizers are the same. Few and short, so that memory stays bounded; belongs to one thread.
 */
final class RecentDocs {

    private static final int DOCS = 128;

    /** In UTF-16 units; longer texts are worth their time to a model, and not their memory. */
    private static final int LONGEST = 8_192;

    private static final ThreadLocal<RecentDocs> OF_THREAD = ThreadLocal.withInitial(RecentDocs::new);

    private record Key(String tokenizer, String text) {}

    private final Map<Key, Doc> docs = new LinkedHashMap<>(2 * DOCS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Doc> eldest) {
            return size() > DOCS;
        }
    };

    private RecentDocs() {}

    /** A text's tokens, from a tokenizer of this kind on this thread. */
    static Doc tokenize(Tokenizer tokenizer, String text) {
        if (text.length() > LONGEST) {
            return tokenizer.tokenize(text);
        }
        Map<Key, Doc> docs = OF_THREAD.get().docs;
        Key key = new Key(tokenizer.digest(), text);
        Doc doc = docs.get(key);
        if (doc == null) {
            doc = tokenizer.tokenize(text);
            docs.put(key, doc);
        }
        return doc;
    }
}
