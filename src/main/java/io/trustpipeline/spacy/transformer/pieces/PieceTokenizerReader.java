package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.ModelException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads tokenizers as {@code save_pretrained} of transformers 4 writes them: {@code tokenizer.json} of a fast tokenizer, or
 * the files of a slow one. Truncation and padding that tokenizer.json may hold are left over from training and mean nothing.
 */
public final class PieceTokenizerReader {

    private static final String CONFIG = "tokenizer_config.json";
    private static final String FAST = "tokenizer.json";

    private final TokenizerFiles files;
    private final JsonNode config;
    private final int maxLength;

    /** The tokenizer's class, without "Fast". */
    private final String kind;

    private PieceTokenizerReader(TokenizerFiles files, String modelType, int maxPieces) {
        this.files = files;
        this.config = files.json(CONFIG);
        double length = config.path("model_max_length").asDouble(Integer.MAX_VALUE);
        this.maxLength = (int) Math.min(Math.max(length, 1), maxPieces);
        this.kind = config.path("tokenizer_class")
                .asText(SlowTokenizerReader.ofModelType(modelType))
                .replaceAll("Fast$", "");
    }

    /**
     * Reads a tokenizer.
     *
     * @param files by name
     * @param fast whether the tokenizer is a fast one
     * @param modelType the encoder's family in Hugging Face's configuration; tells the kind where the files do not
     * @param maxPieces the most pieces that the encoder takes
     * @param source the file that they come from, for errors
     * @throws ModelException when they are damaged or of a kind that is not supported
     */
    public static PieceTokenizer read(
            Map<String, ByteBuffer> files, boolean fast, String modelType, int maxPieces, String source) {
        TokenizerFiles named = new TokenizerFiles(files, source);
        PieceTokenizerReader reader = new PieceTokenizerReader(named, modelType, maxPieces);
        return fast ? reader.fast() : new SlowTokenizerReader(named, reader.kind, reader.maxLength).read();
    }

    private PieceTokenizer fast() {
        if (!files.has(FAST)) {
            throw files.unsupported("is a fast one, and '" + FAST + "' is missing");
        }
        JsonNode json = files.json(FAST);
        JsonNode model = json.path("model");
        List<AddedToken> added = new ArrayList<>();
        json.path("added_tokens")
                .forEach(
                        token -> added.add(TokenizerFiles.added(token.path("id").asInt(), token)));
        String type = model.path("type").asText(model.has("merges") ? "BPE" : "WordPiece");
        return switch (type) {
            case "BPE" -> byteLevel(json, model, added);
            case "WordPiece" -> wordPiece(json, model, added);
            case "Unigram" -> unigram(json, added);
            default -> throw files.unsupported("model '" + type + "' is not supported");
        };
    }

    private PieceTokenizer byteLevel(JsonNode json, JsonNode model, List<AddedToken> added) {
        JsonNode split = expect(json, "pre_tokenizer", "ByteLevel");
        JsonNode around = expect(json, "post_processor", "RobertaProcessing");
        boolean plain = json.path("normalizer").isNull()
                && split.path("use_regex").asBoolean(true)
                && model.path("continuing_subword_prefix").asText("").isEmpty()
                && model.path("end_of_word_suffix").asText("").isEmpty()
                && !model.path("byte_fallback").asBoolean()
                && !model.path("ignore_merges").asBoolean();
        if (!plain) {
            throw files.unsupported("byte-level BPE with other settings than RoBERTa's");
        }
        boolean roberta = kind.equals("RobertaTokenizer");
        boolean prefix = roberta
                ? config.path("add_prefix_space").asBoolean(false)
                : split.path("add_prefix_space").asBoolean();
        boolean trim = roberta
                ? config.path("trim_offsets").asBoolean(true)
                : around.path("trim_offsets").asBoolean();
        Map<String, Integer> vocabulary = files.vocabulary(model.path("vocab"));
        ByteLevelBpe bpe = new BpeReader(files, vocabulary).read(BpeReader.merges(model.path("merges")), prefix);
        PieceSettings settings = new PieceSettings(
                around.path("cls").path(1).asInt(), around.path("sep").path(1).asInt(), trim, prefix, maxLength);
        return new PieceTokenizer(bpe, added, settings, new PieceStrings(vocabulary, added));
    }

    private PieceTokenizer wordPiece(JsonNode json, JsonNode model, List<AddedToken> added) {
        JsonNode normalizer = expect(json, "normalizer", "BertNormalizer");
        expect(json, "pre_tokenizer", "BertPreTokenizer");
        if (added.stream().anyMatch(AddedToken::normalized)) {
            throw files.unsupported("WordPiece with added tokens that are normalised");
        }
        // Fast tokenizers of transformers 4 set their own arguments over what tokenizer.json says.
        boolean overruled = kind.matches("(Bert|DistilBert|Electra|MPNet)Tokenizer");
        JsonNode lower = overruled ? config.path("do_lower_case") : normalizer.path("lowercase");
        JsonNode chinese = overruled ? config.path("tokenize_chinese_chars") : normalizer.path("handle_chinese_chars");
        JsonNode strip = overruled ? config.path("strip_accents") : normalizer.path("strip_accents");
        boolean lowers = lower.asBoolean(true);
        WordPiece.BertRules rules = new WordPiece.BertRules(
                normalizer.path("clean_text").asBoolean(true),
                chinese.asBoolean(true),
                strip.isBoolean() ? strip.asBoolean() : lowers,
                lowers,
                model.path("continuing_subword_prefix").asText("##"),
                model.path("max_input_chars_per_word").asInt(100));
        if (rules.maxWord() < 1 || rules.maxWord() > 10_000) {
            throw files.corrupt("max_input_chars_per_word is " + rules.maxWord());
        }
        Map<String, Integer> vocabulary = files.vocabulary(model.path("vocab"));
        int unknown = files.id(vocabulary, model.path("unk_token").asText("[UNK]"));
        int[] around = around(json.path("post_processor"));
        PieceSettings settings = new PieceSettings(around[0], around[1], false, false, maxLength);
        return new PieceTokenizer(
                new WordPiece(vocabulary, rules, unknown), added, settings, new PieceStrings(vocabulary, added));
    }

    private PieceTokenizer unigram(JsonNode json, List<AddedToken> added) {
        List<AddedToken> normalized =
                added.stream().filter(AddedToken::normalized).toList();
        List<AddedToken> asWritten =
                added.stream().filter(token -> !token.normalized()).toList();
        int[] around = around(json.path("post_processor"));
        PieceSettings settings = new PieceSettings(around[0], around[1], false, false, maxLength);
        UnigramPieces pieces = new UnigramReader(files, json).read(normalized);
        return new PieceTokenizer(pieces, asWritten, settings, new PieceStrings(Map.of(), added));
    }

    /** The pieces before and after a text. */
    private int[] around(JsonNode processor) {
        String type = processor.path("type").asText();
        if (type.equals("BertProcessing")) {
            return new int[] {
                processor.path("cls").path(1).asInt(),
                processor.path("sep").path(1).asInt()
            };
        }
        JsonNode single = processor.path("single");
        if (!type.equals("TemplateProcessing")
                || single.size() != 3
                || !single.path(1).has("Sequence")) {
            throw files.unsupported("post-processor '" + type + "' that is not one piece, the text, one piece");
        }
        return new int[] {templatePiece(processor, single.path(0)), templatePiece(processor, single.path(2))};
    }

    private int templatePiece(JsonNode processor, JsonNode item) {
        String name = item.path("SpecialToken").path("id").asText();
        JsonNode ids = processor.path("special_tokens").path(name).path("ids");
        if (ids.size() != 1) {
            throw files.unsupported("post-processor with " + ids.size() + " pieces for '" + name + "'");
        }
        return ids.path(0).asInt();
    }

    private JsonNode expect(JsonNode json, String part, String type) {
        String found = json.path(part).path("type").asText("none");
        if (!found.equals(type)) {
            throw files.unsupported(part + " '" + found + "' is not supported");
        }
        return json.path(part);
    }
}
