package io.trustpipeline.transcripts.score;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences of an utterance as lists of words. Addresses, e-mail addresses and times of day hold no words; the text
 * itself is never changed, so that every word keeps its place.
 */
final class Sentences {
    private static final Pattern NO_WORDS = Pattern.compile(
            "(?:https?://|www\\.)\\S+" // addresses
                    + "|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+" // e-mail addresses
                    + "|\\b\\d{1,2}:\\d{2}(?::\\d{2})?\\b" // times of day
                    + "|[\\[{<][^\\]}>]*[\\]}>]"); // what the transcriber remarked
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’-][\\p{L}\\p{M}\\p{N}]+)*");
    private static final Pattern END = Pattern.compile("[.!?…]+[\"'”’)\\]]*(?=\\s|$)|\\R");

    private Sentences() {}

    static List<List<Word>> of(String text) {
        List<List<Word>> sentences = new ArrayList<>();
        Matcher hidden = NO_WORDS.matcher(text);
        boolean hides = hidden.find();
        Matcher end = END.matcher(text);
        int sentenceEnd = end.find() ? end.end() : text.length();
        List<Word> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int from = 0;
        while (from < text.length() && word.find(from)) {
            while (hides && hidden.end() <= word.start()) {
                hides = hidden.find();
            }
            if (hides && hidden.start() < word.end()) {
                from = hidden.end();
                continue;
            }
            while (word.start() >= sentenceEnd) {
                words = next(sentences, words);
                sentenceEnd = end.find() ? end.end() : text.length();
            }
            words.add(new Word(form(word.group()), word.start(), word.end()));
            from = word.end();
        }
        next(sentences, words);
        return sentences;
    }

    private static List<Word> next(List<List<Word>> sentences, List<Word> words) {
        if (words.isEmpty()) {
            return words;
        }
        sentences.add(words);
        return new ArrayList<>();
    }

    /** Words of a list of cues, by the same rules. */
    static List<String> forms(String cue) {
        return of(cue).stream().flatMap(List::stream).map(Word::form).toList();
    }

    private static String form(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'');
    }
}
