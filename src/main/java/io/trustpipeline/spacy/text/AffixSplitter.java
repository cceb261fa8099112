package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.regex.PatternMatcher;
import io.trustpipeline.spacy.regex.PythonPattern;
import io.trustpipeline.spacy.regex.StepBudget;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits what stands between spaces into tokens: affixes come off both ends until none is left, a special case or a URL
 * stays whole, and the rest is split at infixes (spaCy's {@code Tokenizer._split_affixes} and {@code _attach_tokens}).
 * The text is never copied on the way, so that a long run of affixes takes time proportional to its length. For one
 * thread.
 */
final class AffixSplitter {
    private final StepBudget budget;
    private final @Nullable PatternMatcher prefix;
    private final @Nullable PatternMatcher suffix;
    private final @Nullable PatternMatcher infix;
    private final @Nullable PatternMatcher tokenMatch;
    private final @Nullable PatternMatcher urlMatch;
    private final Set<String> specialCases;
    private final int longestSpecialCase;

    private String chunk = "";
    private int low;
    private int high;

    /** A token of a chunk; {@code special} when it is a special case, whose own tokens replace it. */
    record Piece(int start, int end, boolean special) {}

    /** A splitter that keeps the given special cases whole. */
    AffixSplitter(TokenizerFile file, Set<String> specialCases) {
        this.budget = new StepBudget(file.source());
        this.prefix = matcher(file.prefix());
        this.suffix = matcher(file.suffix());
        this.infix = matcher(file.infix());
        this.tokenMatch = matcher(file.tokenMatch());
        this.urlMatch = matcher(file.urlMatch());
        this.specialCases = specialCases;
        this.longestSpecialCase =
                specialCases.stream().mapToInt(String::length).max().orElse(0);
    }

    private @Nullable PatternMatcher matcher(@Nullable PythonPattern pattern) {
        return pattern == null ? null : pattern.matcher(budget);
    }

    /** Whether any affix or infix is found in a text. */
    boolean hasAffix(String text) {
        budget.begin(text.length());
        if (prefixEnd(text, 0, text.length()) > 0 || suffixStart(text, 0, text.length()) < text.length()) {
            return true;
        }
        if (infix == null) {
            return false;
        }
        infix.iterate(text, 0, text.length());
        return infix.next();
    }

    /** The pieces of a chunk, in order and without gaps. */
    List<Piece> split(String text) {
        budget.begin(text.length());
        chunk = text;
        low = 0;
        high = text.length();
        List<Piece> pieces = new ArrayList<>();
        List<Piece> suffixes = new ArrayList<>();
        cutAffixes(pieces, suffixes);
        if (low < high) {
            splitCore(pieces);
        }
        for (int index = suffixes.size() - 1; index >= 0; index--) {
            pieces.add(suffixes.get(index));
        }
        return pieces;
    }

    private void cutAffixes(List<Piece> prefixes, List<Piece> suffixes) {
        int lastLength = 0;
        while (low < high && high - low != lastLength) {
            if (matches(tokenMatch) || isSpecial(low, high)) {
                return;
            }
            lastLength = high - low;
            int afterPrefix = prefixEnd(chunk, low, high);
            boolean prefixOnly = afterPrefix > low && isSpecial(afterPrefix, high);
            int beforeSuffix = prefixOnly ? high : suffixStart(chunk, afterPrefix, high);
            // What is left of the suffix may be special with the prefix still on.
            boolean suffixOnly = beforeSuffix < high && isSpecial(low, beforeSuffix);
            if (afterPrefix > low && !suffixOnly) {
                prefixes.add(new Piece(low, afterPrefix, false));
                low = afterPrefix;
            }
            if (beforeSuffix < high) {
                suffixes.add(new Piece(beforeSuffix, high, false));
                high = beforeSuffix;
            }
            if (prefixOnly || suffixOnly) {
                return;
            }
        }
    }

    private void splitCore(List<Piece> pieces) {
        if (isSpecial(low, high)) {
            pieces.add(new Piece(low, high, true));
        } else if (infix == null || matches(tokenMatch) || matches(urlMatch)) {
            pieces.add(new Piece(low, high, false));
        } else {
            splitAtInfixes(infix, pieces);
        }
    }

    private void splitAtInfixes(PatternMatcher infixes, List<Piece> pieces) {
        int start = low;
        infixes.iterate(chunk, low, high);
        while (infixes.next()) {
            if (infixes.start() == low) {
                continue;
            }
            if (infixes.start() > start) {
                pieces.add(new Piece(start, infixes.start(), false));
            }
            if (infixes.end() > infixes.start()) {
                pieces.add(new Piece(infixes.start(), infixes.end(), false));
            }
            start = infixes.end();
        }
        if (start < high) {
            pieces.add(new Piece(start, high, false));
        }
    }

    private boolean matches(@Nullable PatternMatcher matcher) {
        return matcher != null && matcher.match(chunk, low, high);
    }

    private boolean isSpecial(int from, int to) {
        return from < to && to - from <= longestSpecialCase && specialCases.contains(chunk.substring(from, to));
    }

    /** As in spaCy the length of the match counts, wherever in the text it was found. */
    private int prefixEnd(String text, int from, int to) {
        if (prefix == null || !prefix.search(text, from, to)) {
            return from;
        }
        return text.offsetByCodePoints(from, text.codePointCount(prefix.start(), prefix.end()));
    }

    private int suffixStart(String text, int from, int to) {
        if (suffix == null || !suffix.search(text, from, to)) {
            return to;
        }
        return text.offsetByCodePoints(to, -text.codePointCount(suffix.start(), suffix.end()));
    }
}
