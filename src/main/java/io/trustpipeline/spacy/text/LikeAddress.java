package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.regex.PythonPattern;
import io.trustpipeline.spacy.regex.Unicode;

import java.util.Set;
import java.util.regex.Pattern;

/** LIKE_URL and LIKE_EMAIL, which spaCy decides by rules of their own, not by the tokenizer's ({@code lex_attrs.py}). */
final class LikeAddress {
    private static final Pattern EMAIL = Pattern.compile("[a-zA-Z0-9_.+-]+@[a-zA-Z0-9-]+\\.[a-zA-Z0-9-.]+");
    private static final PythonPattern URL =
            PythonPattern.compile(Tables.lines("url_pattern.txt").get(0), "url_pattern.txt");
    private static final Set<String> TOP_LEVEL_DOMAINS = Set.copyOf(Tables.lines("top_level_domains.txt"));

    private LikeAddress() {}

    static int flags(String word) {
        boolean email = word.indexOf('@') > 0 && EMAIL.matcher(word).lookingAt();
        return Flags.bit(Attribute.LIKE_EMAIL, email) | Flags.bit(Attribute.LIKE_URL, isUrl(word));
    }

    private static boolean isUrl(String word) {
        if (word.startsWith("http://") || word.startsWith("https://")) {
            return true;
        }
        if (word.startsWith("www.") && word.codePointCount(0, word.length()) >= 5) {
            return true;
        }
        int dot = word.lastIndexOf('.');
        if (dot < 0 || word.startsWith(".") || word.endsWith(".") || word.indexOf('@') >= 0) {
            return false;
        }
        int colon = word.indexOf(':', dot);
        String domain = word.substring(dot + 1, colon < 0 ? word.length() : colon);
        return domain.endsWith("/")
                || (TOP_LEVEL_DOMAINS.contains(domain) && Unicode.ALPHA.containsAll(domain))
                || URL.matcher().match(word, 0, word.length());
    }
}
