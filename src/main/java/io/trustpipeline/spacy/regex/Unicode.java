package io.trustpipeline.spacy.regex;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Characters as CPython 3.11 classifies them (Unicode 14.0.0), whichever Unicode the JDK follows. The tables are made
 * by {@code bench/make_unicode_tables.py}.
 */
public final class Unicode {
    private static final Map<String, List<String>> TABLES = read();

    /** {@code str.isspace}. */
    public static final CodePointSet SPACE = set("space");
    /** {@code str.isalpha}. */
    public static final CodePointSet ALPHA = set("alpha");
    /** {@code str.isdigit}: superscripts and circled digits too. */
    public static final CodePointSet DIGIT = set("digit");
    /** {@code str.isupper} of one character. */
    public static final CodePointSet UPPER = set("upper");
    /** {@code str.islower} of one character. */
    public static final CodePointSet LOWER = set("lower");
    /** Title case letters such as U+01C5. */
    public static final CodePointSet TITLE = set("title");
    /** The category Sc. */
    public static final CodePointSet CURRENCY = set("currency");
    /** The categories P. */
    public static final CodePointSet PUNCTUATION = set("punct");

    /** The categories C: control, format, private use, unassigned. */
    public static final CodePointSet OTHER = set("other");
    /** The category Mn. */
    public static final CodePointSet NONSPACING = set("nonspacing");

    static final CodePointSet WORD = set("re_word");
    static final CodePointSet DECIMAL = set("re_digit");
    static final CodePointSet BLANK = set("re_space");
    static final CodePointSet NOT_WORD = WORD.complement();
    static final CodePointSet NOT_DECIMAL = DECIMAL.complement();
    static final CodePointSet NOT_BLANK = BLANK.complement();
    static final CodePointSet NOT_LINE_FEED = CodePointSet.of('\n').complement();

    private static final CodePointSet CASED = set("cased");
    private static final CodePointSet CASE_IGNORABLE = set("ignorable");
    private static final Map<Integer, int[]> LOWERCASE = mapping("lowercase");
    private static final Map<Integer, int[]> SAME_CASE = mapping("same_case");
    private static final CodePointSet HAS_CASE = hasCase();
    private static final int CAPITAL_SIGMA = 0x3A3;
    private static final int FINAL_SIGMA = 0x3C2;

    private Unicode() {}

    /** {@code str.lower}, with its rule for a capital sigma at the end of a word. */
    public static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            int next = index + Character.charCount(codePoint);
            if (codePoint == CAPITAL_SIGMA && isFinal(text, index, next)) {
                lower.appendCodePoint(FINAL_SIGMA);
            } else if (codePoint < 'A') {
                lower.append((char) codePoint);
            } else {
                for (int mapped : LOWERCASE.getOrDefault(codePoint, new int[] {codePoint})) {
                    lower.appendCodePoint(mapped);
                }
            }
            index = next;
        }
        return lower.toString();
    }

    private static boolean isFinal(String text, int start, int end) {
        int before = start;
        while (before > 0 && CASE_IGNORABLE.contains(text.codePointBefore(before))) {
            before -= Character.charCount(text.codePointBefore(before));
        }
        int after = end;
        while (after < text.length() && CASE_IGNORABLE.contains(text.codePointAt(after))) {
            after += Character.charCount(text.codePointAt(after));
        }
        return before > 0
                && CASED.contains(text.codePointBefore(before))
                && !(after < text.length() && CASED.contains(text.codePointAt(after)));
    }

    /** All characters that {@code re.IGNORECASE} takes for one of {@code set}. */
    static CodePointSet ignoringCase(CodePointSet set) {
        int[] folded = set.stream()
                .filter(HAS_CASE::contains)
                .flatMap(member -> {
                    int lower = simpleLower(member);
                    return IntStream.concat(
                            IntStream.of(lower), Arrays.stream(SAME_CASE.getOrDefault(lower, new int[0])));
                })
                .toArray();
        CodePointSet targets = CodePointSet.of(folded);
        int[] equal = HAS_CASE.stream()
                .filter(character -> targets.contains(simpleLower(character)))
                .toArray();
        return set.without(HAS_CASE).union(CodePointSet.of(equal));
    }

    private static int simpleLower(int codePoint) {
        int[] lower = LOWERCASE.get(codePoint);
        return lower == null ? codePoint : lower[0];
    }

    private static CodePointSet hasCase() {
        IntStream.Builder members = IntStream.builder();
        LOWERCASE.forEach((upper, lower) -> members.add(upper).add(lower[0]));
        SAME_CASE.forEach((character, others) -> {
            members.add(character);
            Arrays.stream(others).forEach(members);
        });
        return CodePointSet.of(members.build().toArray());
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
            String[] sides = entry.split("=");
            int[] targets = Arrays.stream(sides[1].split("\\+"))
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
        InputStream in = Objects.requireNonNull(Unicode.class.getResourceAsStream("unicode14.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = new ArrayList<>(List.of(line.split(" ")));
                tables.put(words.remove(0), words);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return tables;
    }
}
