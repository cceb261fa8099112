package io.trustpipeline.spacy.transformer.pieces;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds added tokens in a text: the leftmost first, of several at one place the longest. Immutable. */
final class AddedTokens {

    /** By the first character, longest first. */
    private final Map<Integer, List<AddedToken>> tokens = new HashMap<>();

    AddedTokens(List<AddedToken> tokens) {
        tokens.stream()
                .filter(token -> !token.content().isEmpty())
                .sorted(Comparator.comparingInt(AddedToken::length).reversed())
                .forEach(token -> this.tokens
                        .computeIfAbsent(token.content().codePointAt(0), first -> new ArrayList<>())
                        .add(token));
    }

    /** A part of a text; either an added token or text between them. */
    record Part(int start, int end, @Nullable AddedToken token) {}

    /** Cuts the parts that are no tokens yet. */
    List<Part> split(int[] text, List<Part> parts) {
        if (tokens.isEmpty()) {
            return parts;
        }
        List<Part> cut = new ArrayList<>();
        for (Part part : parts) {
            if (part.token == null) {
                split(text, part.start, part.end, cut);
            } else {
                cut.add(part);
            }
        }
        return cut;
    }

    private void split(int[] text, int from, int to, List<Part> cut) {
        int last = from;
        for (int at = from; at < to; ) {
            AddedToken token = find(text, at, to);
            if (token == null) {
                at++;
                continue;
            }
            int start = at;
            int end = at + token.length();
            at = end;
            if (token.singleWord() && touchesWord(text, from, to, start, end)) {
                continue;
            }
            while (token.leftStrip() && start > last && Characters.SPACE.contains(text[start - 1])) {
                start--;
            }
            while (token.rightStrip() && end < to && Characters.SPACE.contains(text[end])) {
                end++;
            }
            if (last < start) {
                cut.add(new Part(last, start, null));
            }
            cut.add(new Part(start, end, token));
            at = end;
            last = end;
        }
        if (last < to) {
            cut.add(new Part(last, to, null));
        }
    }

    private @Nullable AddedToken find(int[] text, int at, int end) {
        for (AddedToken token : tokens.getOrDefault(text[at], List.of())) {
            if (token.isAt(text, at, end)) {
                return token;
            }
        }
        return null;
    }

    private static boolean touchesWord(int[] text, int from, int to, int start, int end) {
        return start > from && isWord(text[start - 1]) || end < to && isWord(text[end]);
    }

    private static boolean isWord(int codePoint) {
        return codePoint == '_' || Characters.LETTER.contains(codePoint) || Characters.NUMBER.contains(codePoint);
    }
}
