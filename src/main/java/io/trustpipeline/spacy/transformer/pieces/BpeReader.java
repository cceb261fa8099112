package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Makes a byte-level BPE model of its vocabulary and merges. */
final class BpeReader {

    /** GPT-2 writes a blank like this. */
    private static final int BLANK = 0x120;

    private final TokenizerFiles files;
    private final Map<String, Integer> vocabulary;

    BpeReader(TokenizerFiles files, Map<String, Integer> vocabulary) {
        this.files = files;
        this.vocabulary = vocabulary;
    }

    /** Merges as tokenizer.json lists them: {@code "a b"}, or pairs. */
    static List<String[]> merges(JsonNode list) {
        List<String[]> merges = new ArrayList<>();
        list.forEach(merge -> merges.add(
                merge.isArray()
                        ? new String[] {merge.path(0).asText(), merge.path(1).asText()}
                        : merge.asText().split(" ", -1)));
        return merges;
    }

    /** Merges as merges.txt lists them, after a line with its version. */
    static List<String[]> merges(List<String> lines) {
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(" ", -1))
                .toList();
    }

    ByteLevelBpe read(List<String[]> merges, boolean addPrefixSpace) {
        Map<Long, Long> table = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            String[] merge = merges.get(rank);
            if (merge.length != 2) {
                throw files.corrupt("merge " + rank + " is '" + String.join(" ", merge) + "', expected two pieces");
            }
            table.put(ByteLevelBpe.pair(id(merge[0]), id(merge[1])), ByteLevelBpe.pair(rank, id(merge[0] + merge[1])));
        }
        int[] bytes = new int[256];
        int shifted = BLANK - ' ';
        for (int value = 0, next = shifted; value < bytes.length; value++) {
            boolean printable = value > ' ' && value < 0x7F || value > 0xA0 && value != 0xAD;
            bytes[value] = id(Character.toString(printable ? value : next++));
        }
        return new ByteLevelBpe(bytes, table, addPrefixSpace, blanks());
    }

    private int id(String piece) {
        return files.id(vocabulary, piece);
    }

    /** How many blanks each piece starts and ends with. */
    private int[][] blanks() {
        int size =
                vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        if (size > 8 * vocabulary.size()) {
            throw files.corrupt("piece number " + (size - 1) + " of " + vocabulary.size());
        }
        IntPredicate blank = character -> character == BLANK || Characters.SPACE.contains(character);
        int[][] blanks = new int[2][size];
        vocabulary.forEach((text, id) -> {
            int[] characters = text.codePoints().toArray();
            int leading = 0;
            while (leading < characters.length && blank.test(characters[leading])) {
                leading++;
            }
            int trailing = 0;
            while (trailing < characters.length && blank.test(characters[characters.length - 1 - trailing])) {
                trailing++;
            }
            blanks[0][id] = leading;
            blanks[1][id] = trailing;
        });
        return blanks;
    }
}
