package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What language a transcript is in, of ten, told by words that only one of them has. It is accepted when seven tenths of
 * those found agree; otherwise it is taken for English.
 *
 * @param code of ISO 639-1
 * @param confidence 0 to 1
 * @param reason why English was taken, or empty
 */
public record Language(String code, BigDecimal confidence, String reason) {
    private static final String FILE = "languages.yaml";
    private static final int SHORTEST = 3;
    private static final BigDecimal ENOUGH = new BigDecimal("0.700");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’]\\p{L}+)?");
    private static final Map<String, String> LANGUAGE_OF = words();

    static Language of(List<Utterance> utterances) {
        Map<String, Integer> found = new TreeMap<>();
        int letters = 0;
        for (Utterance utterance : utterances) {
            Matcher word = WORD.matcher(utterance.text());
            while (word.find()) {
                letters += word.end() - word.start();
                String form = word.group().toLowerCase(Locale.ROOT).replace('’', '\'');
                if (LANGUAGE_OF.containsKey(form)) {
                    found.merge(LANGUAGE_OF.get(form), 1, Integer::sum);
                }
            }
        }
        int all = found.values().stream().mapToInt(Integer::intValue).sum();
        if (letters < SHORTEST || all == 0) {
            return english("too few words to tell");
        }
        Map.Entry<String, Integer> most =
                found.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        BigDecimal share =
                BigDecimal.valueOf(most.getValue()).divide(BigDecimal.valueOf(all), 3, RoundingMode.HALF_EVEN);
        return share.compareTo(ENOUGH) >= 0
                ? new Language(most.getKey(), share, "")
                : english("no language has seven tenths of the words that tell");
    }

    private static Language english(String reason) {
        return new Language("en", new BigDecimal("0.500"), reason);
    }

    /** Words of two languages tell nothing. */
    private static Map<String, String> words() {
        Map<String, String> languages = new HashMap<>();
        Set<String> shared = new HashSet<>();
        try (InputStream in = Language.class.getResourceAsStream(FILE)) {
            Iterator<Map.Entry<String, JsonNode>> lists =
                    new YAMLMapper().readTree(in).fields();
            while (lists.hasNext()) {
                Map.Entry<String, JsonNode> list = lists.next();
                for (JsonNode word : list.getValue()) {
                    if (languages.putIfAbsent(word.asText(), list.getKey()) != null) {
                        shared.add(word.asText());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        languages.keySet().removeAll(shared);
        return Map.copyOf(languages);
    }
}
