package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Lexeme;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts special cases together again that affixes have broken up, such as {@code (^_^)} (spaCy's {@code
 * Tokenizer._apply_special_cases}). Immutable once filled.
 */
final class SpecialCases {
    private final Node root = new Node();
    private final Map<String, Lexeme[]> tokens;

    /** A sequence of tokens that some special case begins with. */
    private static final class Node {
        final Map<String, Node> next = new HashMap<>();
        boolean complete;
    }

    private record Match(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /**
     * @param tokens what each special case is split into
     */
    SpecialCases(Map<String, Lexeme[]> tokens) {
        this.tokens = tokens;
    }

    /** Looks for a special case where these tokens, which it would be split into as ordinary text, follow each other. */
    void add(TokenBuffer ordinaryTokens) {
        Node node = root;
        for (int token = 0; token < ordinaryTokens.length(); token++) {
            node = node.next.computeIfAbsent(ordinaryTokens.lexeme(token).text(), text -> new Node());
        }
        node.complete = true;
    }

    /** Whether a special case may begin with this token. */
    boolean mayStartWith(Lexeme token) {
        return root.next.containsKey(token.text());
    }

    TokenBuffer apply(TokenBuffer buffer, String text) {
        List<Match> matches = matches(buffer);
        if (matches.isEmpty()) {
            return buffer;
        }
        int[] accepted = accept(matches, buffer.length());
        TokenBuffer result = new TokenBuffer();
        int offset = 0;
        for (int token = 0; token < buffer.length(); ) {
            int end = Math.max(accepted[token], token + 1);
            int start = offset;
            for (int inside = token; inside < end; inside++) {
                offset += buffer.lexeme(inside).text().length() + (buffer.spaceAfter(inside) ? 1 : 0);
            }
            boolean space = buffer.spaceAfter(end - 1);
            Lexeme[] replacement =
                    accepted[token] == 0 ? null : tokens.get(text.substring(start, offset - (space ? 1 : 0)));
            if (replacement != null) {
                result.add(replacement);
                result.spaceAfterLast(space);
            } else {
                copy(buffer, token, end, result);
            }
            token = end;
        }
        return result;
    }

    private static void copy(TokenBuffer from, int start, int end, TokenBuffer to) {
        for (int token = start; token < end; token++) {
            to.add(from.lexeme(token));
            to.spaceAfterLast(from.spaceAfter(token));
        }
    }

    private List<Match> matches(TokenBuffer buffer) {
        List<Match> matches = new ArrayList<>();
        for (int start = 0; start < buffer.length(); start++) {
            Node node = root.next.get(buffer.lexeme(start).text());
            for (int end = start + 1; node != null; end++) {
                if (node.complete) {
                    matches.add(new Match(start, end));
                }
                node = end < buffer.length() ? node.next.get(buffer.lexeme(end).text()) : null;
            }
        }
        return matches;
    }

    /** The end of the match that starts at each token, or 0: the longest first, then the leftmost. */
    private static int[] accept(List<Match> matches, int length) {
        List<Match> ordered = new ArrayList<>(matches);
        ordered.sort(Comparator.comparingInt(Match::length).reversed().thenComparingInt(Match::start));
        int[] accepted = new int[length];
        BitSet seen = new BitSet(length);
        for (Match match : ordered) {
            if (!seen.get(match.start) && !seen.get(match.end - 1)) {
                accepted[match.start] = match.end;
            }
            // A rejected match blocks its tokens as well; so it does in spaCy.
            seen.set(match.start, match.end);
        }
        return accepted;
    }
}
