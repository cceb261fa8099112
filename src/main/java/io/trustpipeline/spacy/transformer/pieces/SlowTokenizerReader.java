package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the files of the slow tokenizers of transformers 4. */
final class SlowTokenizerReader {

    /** CamemBERT's vocabulary of fairseq has four pieces before those of SentencePiece, XLM-RoBERTa's one. */
    private static final int CAMEMBERT_OFFSET = 4;

    private static final int XLM_ROBERTA_OFFSET = 1;

    private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>");

    private final TokenizerFiles files;
    private final String kind;
    private final int maxLength;
    private final JsonNode config;

    /** @param kind the class of the tokenizer */
    SlowTokenizerReader(TokenizerFiles files, String kind, int maxLength) {
        this.files = files;
        this.kind = kind;
        this.maxLength = maxLength;
        this.config = files.json("tokenizer_config.json");
    }

    /** The class that transformers takes for a {@code model_type}. */
    static String ofModelType(String modelType) {
        return switch (modelType) {
            case "roberta" -> "RobertaTokenizer";
            case "bert" -> "BertTokenizer";
            case "distilbert" -> "DistilBertTokenizer";
            case "electra" -> "ElectraTokenizer";
            case "mpnet" -> "MPNetTokenizer";
            case "xlm-roberta" -> "XLMRobertaTokenizer";
            case "camembert" -> "CamembertTokenizer";
            default -> "of " + modelType;
        };
    }

    PieceTokenizer read() {
        return switch (kind) {
            case "RobertaTokenizer" -> byteLevel();
            case "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer" -> wordPiece("[CLS]", "[SEP]");
            case "MPNetTokenizer" -> wordPiece("<s>", "</s>");
            case "XLMRobertaTokenizer" -> sentencePiece(XLM_ROBERTA_OFFSET);
            case "CamembertTokenizer" -> sentencePiece(CAMEMBERT_OFFSET);
            default -> throw files.unsupported("slow tokenizer '" + kind + "' is not supported");
        };
    }

    private PieceTokenizer byteLevel() {
        Map<String, Integer> vocabulary = files.vocabulary(files.json("vocab.json"));
        boolean prefix = config.path("add_prefix_space").asBoolean(false);
        ByteLevelBpe bpe = new BpeReader(files, vocabulary).read(BpeReader.merges(files.lines("merges.txt")), prefix);
        return tokenizer(bpe, vocabulary, "<s>", "</s>", prefix);
    }

    private PieceTokenizer wordPiece(String open, String close) {
        if (!config.path("do_basic_tokenize").asBoolean(true)
                || !config.path("never_split").isEmpty()) {
            throw files.unsupported(
                    "slow tokenizer '" + kind + "' with do_basic_tokenize or never_split is not supported");
        }
        Map<String, Integer> vocabulary = new HashMap<>();
        int next = 0;
        for (String piece : files.lines("vocab.txt")) {
            vocabulary.put(piece, next++);
        }
        boolean lower = config.path("do_lower_case").asBoolean(true);
        SlowWordPiece pieces = new SlowWordPiece(
                new LongestPrefixes(vocabulary, "##"),
                lower,
                config.path("strip_accents").asBoolean(lower),
                config.path("tokenize_chinese_chars").asBoolean(true),
                files.id(vocabulary, special("unk_token", "[UNK]")));
        return tokenizer(pieces, vocabulary, open, close, false);
    }

    private PieceTokenizer sentencePiece(int offset) {
        if (!config.path("sp_model_kwargs").isEmpty()) {
            throw files.unsupported("slow tokenizer '" + kind + "' with sp_model_kwargs is not supported");
        }
        SentencePieceModel model = SentencePieceFile.read(files.bytes("sentencepiece.bpe.model"), files.source());
        Map<String, Integer> vocabulary = new HashMap<>();
        List<String> pieces = model.pieces();
        for (int piece = 0; piece < pieces.size(); piece++) {
            vocabulary.put(pieces.get(piece), piece + offset);
        }
        int unknown = SPECIAL.indexOf("<unk>");
        if (offset == XLM_ROBERTA_OFFSET) {
            SPECIAL.forEach(special -> vocabulary.put(special, SPECIAL.indexOf(special)));
            vocabulary.put("<mask>", pieces.size() + offset);
        } else {
            vocabulary.put("<pad>", SPECIAL.indexOf("<pad>"));
            vocabulary.put("<unk>", unknown);
        }
        return tokenizer(new SentencePieces(model, offset, unknown), vocabulary, "<s>", "</s>", false);
    }

    private PieceTokenizer tokenizer(
            PieceModel model, Map<String, Integer> vocabulary, String open, String close, boolean prefix) {
        List<AddedToken> added = added();
        Map<String, Integer> all = new HashMap<>(vocabulary);
        added.forEach(token -> all.putIfAbsent(token.content(), token.id()));
        PieceSettings settings = new PieceSettings(
                files.id(all, special("cls_token", open)),
                files.id(all, special("sep_token", close)),
                false,
                prefix,
                maxLength);
        return new PieceTokenizer(model, added, settings, new PieceStrings(vocabulary, added));
    }

    /** Slow tokenizers look for all added tokens in the text as it is written. */
    private List<AddedToken> added() {
        if (!config.has("added_tokens_decoder")) {
            throw files.unsupported("slow tokenizer '" + kind
                    + "' without added_tokens_decoder, saved by transformers older than 4.34, is not supported");
        }
        List<AddedToken> added = new ArrayList<>();
        config.path("added_tokens_decoder").properties().forEach(entry -> {
            try {
                added.add(TokenizerFiles.added(Integer.parseInt(entry.getKey()), entry.getValue())
                        .asWritten());
            } catch (NumberFormatException damaged) {
                throw files.corrupt("added token number '" + entry.getKey() + "'");
            }
        });
        return added;
    }

    private String special(String name, String absent) {
        JsonNode token = config.path(name);
        return token.isTextual() ? token.asText() : token.path("content").asText(absent);
    }
}
