package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the parts of a tokenizer.json that make up {@link UnigramPieces}. */
final class UnigramReader {

    private static final String TYPE = "type";

    private final TokenizerFiles files;
    private final JsonNode json;

    UnigramReader(TokenizerFiles files, JsonNode json) {
        this.files = files;
        this.json = json;
    }

    /** @param normalized the added tokens that are looked for in normalised text */
    UnigramPieces read(List<AddedToken> normalized) {
        TextNormalizer normalizer = normalizer();
        boolean splits = false;
        JsonNode mark = json.path("pre_tokenizer");
        if (mark.path(TYPE).asText().equals("Sequence")) {
            JsonNode parts = mark.path("pretokenizers");
            splits = parts.size() == 2 && parts.path(0).path(TYPE).asText().equals("WhitespaceSplit");
            mark = splits ? parts.path(1) : mark;
        }
        boolean prepends = prepends(mark);
        List<AddedToken> added = normalized.stream()
                .map(token -> token.spelt(normalizer.normalized(token.content())))
                .toList();
        return new UnigramPieces(normalizer, new AddedTokens(added), splits, prepends, model());
    }

    private boolean prepends(JsonNode mark) {
        String type = mark.path(TYPE).asText("none");
        if (!type.equals("Metaspace")) {
            throw files.unsupported("pre_tokenizer '" + type + "' before a Unigram model is not supported");
        }
        String scheme =
                mark.path("prepend_scheme").asText(mark.path("add_prefix_space").asBoolean(true) ? "always" : "never");
        String replacement = mark.path("replacement").asText();
        boolean known = scheme.equals("always") || scheme.equals("never");
        if (!known
                || !replacement.equals(Character.toString(UnigramPieces.MARK))
                || !mark.path("split").asBoolean(true)) {
            throw files.unsupported("Metaspace with prepend_scheme '" + scheme + "', replacement '" + replacement
                    + "' and split " + mark.path("split").asBoolean(true) + " is not supported");
        }
        return scheme.equals("always") && mark.path("add_prefix_space").asBoolean(true);
    }

    private TextNormalizer normalizer() {
        TextNormalizer normalizer = new TextNormalizer(null, 0, false, false);
        JsonNode root = json.path("normalizer");
        List<JsonNode> steps = new ArrayList<>();
        if (root.path(TYPE).asText().equals("Sequence")) {
            root.path("normalizers").forEach(steps::add);
        } else if (!root.isNull() && !root.isMissingNode()) {
            steps.add(root);
        }
        for (int step = 0; step < steps.size(); step++) {
            normalizer = with(normalizer, steps.get(step), step == 0);
        }
        return normalizer;
    }

    /** Only orders of steps are known whose result does not depend on it. */
    private TextNormalizer with(TextNormalizer before, JsonNode step, boolean first) {
        String type = step.path(TYPE).asText();
        if (type.equals("Precompiled") && first) {
            return new TextNormalizer(charsMap(step.path("precompiled_charsmap").asText()), 0, false, false);
        }
        if (type.equals("Strip") && before.joined() == 0) {
            return new TextNormalizer(
                    before.map(),
                    0,
                    step.path("strip_left").asBoolean(),
                    step.path("strip_right").asBoolean());
        }
        String content = step.path("content").asText();
        boolean joins = type.equals("Replace")
                && before.joined() == 0
                && step.path("pattern").path("Regex").asText().equals(" {2,}")
                && content.codePointCount(0, content.length()) == 1;
        if (!joins) {
            throw files.unsupported("normalizer '" + type + "' before a Unigram model is not supported");
        }
        return new TextNormalizer(before.map(), content.codePointAt(0), before.stripLeft(), before.stripRight());
    }

    private CharsMap charsMap(String base64) {
        CharsMap map = null;
        try {
            map = CharsMap.read(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException damaged) {
            throw files.corrupt("precompiled_charsmap is not base64");
        }
        if (map == null) {
            throw files.corrupt("precompiled_charsmap is no table of SentencePiece");
        }
        return map;
    }

    private Unigram model() {
        JsonNode model = json.path("model");
        if (model.path("byte_fallback").asBoolean()) {
            throw files.unsupported("Unigram with byte_fallback is not supported");
        }
        JsonNode vocabulary = model.path("vocab");
        Map<String, Integer> pieces = new HashMap<>();
        double[] scores = new double[vocabulary.size()];
        double least = 0;
        for (int id = 0; id < scores.length; id++) {
            JsonNode piece = vocabulary.path(id);
            if (!piece.path(0).isTextual() || !piece.path(1).isNumber()) {
                throw files.corrupt("piece " + id + " of the vocabulary is no text with a score");
            }
            scores[id] = piece.path(1).doubleValue();
            least = Math.min(least, scores[id]);
            if (!piece.path(0).textValue().isEmpty()) {
                pieces.put(piece.path(0).textValue(), id);
            }
        }
        int unknown = model.path("unk_id").asInt(-1);
        if (unknown < 0 || unknown >= scores.length) {
            throw files.corrupt("unk_id " + model.path("unk_id") + " is none of " + scores.length + " pieces");
        }
        return new Unigram(pieces, scores, unknown, least, false);
    }
}
