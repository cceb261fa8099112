package io.trustpipeline.spacy.transformer.pieces;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the pieces of a vocabulary are called. Immutable. */
final class PieceStrings {

    private final Map<Integer, String> byId = new HashMap<>();

    PieceStrings(Map<String, Integer> vocabulary, List<AddedToken> added) {
        vocabulary.forEach((text, id) -> byId.put(id, text));
        added.forEach(token -> byId.put(token.id(), token.content()));
    }

    String of(int id) {
        return byId.getOrDefault(id, "");
    }
}
