package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.regex.Unicode;

import java.util.Set;

/**
 * The yes-or-no attributes that spaCy's language classes decide. Their rules are code and word lists of spaCy, which no
 * model file holds: those of English are here, and those of the languages that have none of their own.
 */
final class LanguageFlags {
    private static final String ENGLISH = "en";
    private static final Set<String> WITHOUT_STOP_WORDS = Set.of("fo", "nn", "xx");
    private static final Set<String> WITH_OWN_CURRENCIES = Set.of("id", "ms", "sl");
    private static final Set<String> WITHOUT_OWN_NUMBERS = Set.of(
            "af", "bn", "de", "et", "fo", "ga", "gd", "gu", "hr", "hu", "is", "it", "kn", "lij", "lv", "mr", "nb", "nn",
            "sq", "xx");
    private static final Set<String> STOP_WORDS = Set.copyOf(Tables.lines("stop_words_en.txt"));
    private static final Set<String> NUMBERS = Set.copyOf(Tables.lines("numbers_en.txt"));
    private static final Set<String> ORDINAL_ENDINGS = Set.of("st", "nd", "rd", "th");
    private static final String SIGNS = "+-±~";

    private final String language;

    LanguageFlags(String language) {
        this.language = language;
    }

    /** Whether the attribute can be computed for words of this language. */
    boolean compute(Attribute attribute) {
        return switch (attribute) {
            case IS_STOP -> language.equals(ENGLISH) || WITHOUT_STOP_WORDS.contains(language);
            case IS_CURRENCY -> !WITH_OWN_CURRENCIES.contains(language);
            case LIKE_NUM -> language.equals(ENGLISH) || WITHOUT_OWN_NUMBERS.contains(language);
            default -> true;
        };
    }

    /** The bits of the flags that can be computed. */
    int of(String word, String lower) {
        boolean english = language.equals(ENGLISH);
        return Flags.bit(Attribute.IS_STOP, english && STOP_WORDS.contains(lower))
                | Flags.bit(Attribute.IS_CURRENCY, compute(Attribute.IS_CURRENCY) && Unicode.CURRENCY.containsAll(word))
                | Flags.bit(Attribute.LIKE_NUM, compute(Attribute.LIKE_NUM) && isNumber(word, english));
    }

    private static boolean isNumber(String word, boolean english) {
        String signless = SIGNS.indexOf(word.charAt(0)) >= 0 ? word.substring(1) : word;
        String plain = signless.replace(",", "").replace(".", "");
        int slash = plain.indexOf('/');
        return isDigits(plain)
                || (slash >= 0 && isDigits(plain.substring(0, slash)) && isDigits(plain.substring(slash + 1)))
                || (english && isEnglishNumber(Unicode.lower(plain)));
    }

    private static boolean isEnglishNumber(String lower) {
        int stem = lower.length() - 2;
        return NUMBERS.contains(lower)
                || (stem > 0 && ORDINAL_ENDINGS.contains(lower.substring(stem)) && isDigits(lower.substring(0, stem)));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && Unicode.DIGIT.containsAll(text);
    }
}
