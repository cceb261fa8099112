package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.regex.CodePointSet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Characters as tokenizers 0.15 classifies them, whichever Unicode the JDK follows. The tables are made by
 * {@code bench/make_piece_tables.py}.
 */
final class Characters {
    private static final Map<String, List<String>> TABLES = read();

    /** The categories L. */
    static final CodePointSet LETTER = set("letter");
    /** The categories N. */
    static final CodePointSet NUMBER = set("number");
    /** The property White_Space. */
    static final CodePointSet SPACE = set("space");
    /** What BERT drops before it looks at blanks. */
    static final CodePointSet BERT_REMOVED = set("bert_removed");
    /** What BERT's cleaning turns into U+0020. */
    static final CodePointSet BERT_BLANK = set("bert_blank");
    /** What BERT treats as words of one character. */
    static final CodePointSet BERT_CHINESE = set("bert_chinese");
    /** What separates BERT's words. */
    static final CodePointSet BERT_SPACE = set("bert_space");
    /** What BERT isolates. */
    static final CodePointSet BERT_PUNCTUATION = set("bert_punctuation");

    /** What continues a grapheme cluster, between pictures and joiners too. */
    static final CodePointSet GRAPHEME_EXTEND = set("grapheme_extend");
    /** What continues a grapheme cluster otherwise. */
    static final CodePointSet GRAPHEME_SPACING = set("grapheme_spacing");
    /** What a grapheme cluster goes on after. */
    static final CodePointSet GRAPHEME_PREPEND = set("grapheme_prepend");
    /** What is a grapheme cluster by itself, whatever follows. */
    static final CodePointSet GRAPHEME_CONTROL = set("grapheme_control");
    /** Emoji and other pictures, which a joiner connects. */
    static final CodePointSet GRAPHEME_PICTURE = set("grapheme_picture");

    private static final Map<Integer, int[]> STRIPPED = mapping("bert_stripped");
    private static final Map<Integer, int[]> LOWER = mapping("bert_lower");

    private static final int HANGUL_FIRST = 0xAC00;
    private static final int HANGUL_LAST = 0xD7A3;
    private static final int HANGUL_VOWELS = 21;
    private static final int HANGUL_TRAILS = 28;

    private Characters() {}

    /** A character's canonical decomposition without marks. */
    static int[] stripped(int codePoint) {
        if (codePoint >= HANGUL_FIRST && codePoint <= HANGUL_LAST) {
            return syllable(codePoint - HANGUL_FIRST);
        }
        return STRIPPED.getOrDefault(codePoint, new int[] {codePoint});
    }

    /** Unicode, section 3.12: the parts of a Hangul syllable. */
    private static int[] syllable(int index) {
        int lead = 0x1100 + index / (HANGUL_VOWELS * HANGUL_TRAILS);
        int vowel = 0x1161 + index / HANGUL_TRAILS % HANGUL_VOWELS;
        int trail = index % HANGUL_TRAILS;
        return trail == 0 ? new int[] {lead, vowel} : new int[] {lead, vowel, 0x11A7 + trail};
    }

    /** A character in lower case, whatever stands beside it. */
    static int[] lower(int codePoint) {
        return LOWER.getOrDefault(codePoint, new int[] {codePoint});
    }

    private static CodePointSet set(String name) {
        BitSet members = new BitSet();
        for (String range : table(name)) {
            String[] ends = range.split("-");
            members.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
        }
        return CodePointSet.of(members);
    }

    private static Map<Integer, int[]> mapping(String name) {
        Map<Integer, int[]> mapping = new HashMap<>();
        for (String entry : table(name)) {
            String[] sides = entry.split("=", -1);
            int[] targets = sides[1].isEmpty()
                    ? new int[0]
                    : Arrays.stream(sides[1].split("\\+"))
                            .mapToInt(target -> Integer.parseInt(target, 16))
                            .toArray();
            mapping.put(Integer.parseInt(sides[0], 16), targets);
        }
        return mapping;
    }

    private static List<String> table(String name) {
        return Objects.requireNonNull(TABLES.get(name), name);
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> tables = new HashMap<>();
        InputStream in = Objects.requireNonNull(Characters.class.getResourceAsStream("characters.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                tables.put(words.get(0), words.subList(1, words.size()));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return tables;
    }
}
