package io.trustpipeline.spacy.text;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** spaCy's 64-bit ids of strings. Only the way from string to id is ever needed. */
public final class StringStore {
    private static final Map<String, Long> SYMBOLS = Tables.symbols();

    private StringStore() {}

    /**
     * The id of a string: 0 of the empty one, a small number of the words that spaCy reserves as symbols (names of
     * attributes and labels, but also words such as "number" or "X"), else the MurmurHash64A of its UTF-8 form.
     */
    public static long id(String string) {
        Long symbol = SYMBOLS.get(string);
        return symbol != null ? symbol : MurmurHash.hash64a(string.getBytes(StandardCharsets.UTF_8), 1);
    }
}
