package io.trustpipeline.spacy.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** spaCy's own word lists, kept as resources of a word or two a line ({@code bench/make_unicode_tables.py}). */
final class Tables {
    private Tables() {}

    /** The reserved strings and their ids. */
    static Map<String, Long> symbols() {
        Map<String, Long> symbols = new HashMap<>();
        symbols.put("", 0L);
        pairs("symbols.txt").forEach((id, name) -> symbols.put(name, Long.valueOf(id)));
        return Map.copyOf(symbols);
    }

    /** Normal forms that hold in every language. */
    static Map<String, String> baseNorms() {
        return Map.copyOf(pairs("base_norms.txt"));
    }

    /** The lines of a resource. */
    static List<String> lines(String name) {
        InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(name), name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, String> pairs(String name) {
        Map<String, String> pairs = new HashMap<>();
        for (String line : lines(name)) {
            int space = line.indexOf(' ');
            pairs.put(line.substring(0, space), line.substring(space + 1));
        }
        return pairs;
    }
}
