package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue.Binary;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Int;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Text;
import io.trustpipeline.spacy.transformer.pieces.TokenSentencePiece.Numbering;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The piece encoders of spacy-curated-transformers, which cut every token of spaCy by itself. Immutable and shared by
 * threads.
 */
public sealed interface TokenPieces permits TokenBpe, TokenWordPiece, TokenSentencePiece {

    /** The piece before the first token. */
    int open();

    /** The piece after the last token. */
    int close();

    /** Appends the pieces of a token, which is not white space alone; offsets say nothing. */
    void cut(String token, boolean spaceBefore, Pieces out);

    /**
     * Reads the settings of a piece encoder's node.
     *
     * @param network the msgpack of a thinc model without its shims
     * @param splits whether words are split around punctuation, which the file does not say
     * @throws ModelException when there is no piece encoder that is known, or its pieces do not fit each other
     */
    static TokenPieces read(byte[] network, String source, boolean splits) {
        if (Msgpack.decode(network, source) instanceof Fields model) {
            Items nodes = model.items("nodes");
            Items settings = model.items("attrs");
            for (int node = 0; node < nodes.size() && node < settings.size(); node++) {
                switch (nodes.fields(node).text("name")) {
                    case "byte_bpe_encoder":
                        return bpe(new Settings(settings.fields(node), source));
                    case "wordpiece_encoder":
                        return wordPiece(new Settings(settings.fields(node), source), splits);
                    case "sentencepiece_encoder":
                        return sentencePiece(new Settings(settings.fields(node), source), nodes);
                    default:
                }
            }
        }
        throw ModelException.unsupported(source, "has no piece encoder that is known");
    }

    /** A node's settings: bytes by name. */
    record Settings(Fields packed, String source) {

        private Binary bytes(String name) {
            if (packed.find(name) instanceof Binary binary) {
                return binary;
            }
            throw ModelException.corrupt(source, "piece encoder: '" + name + "' is missing");
        }

        private String text(String name) {
            if (bytes(name).decode() instanceof Text text) {
                return text.value();
            }
            throw ModelException.corrupt(source, "piece encoder: '" + name + "' is no text");
        }

        private boolean flag(String name) {
            return bytes(name).decode() instanceof Bool flag && flag.value();
        }

        private int piece(String setting, Map<String, Integer> vocabulary) {
            Integer id = vocabulary.get(text(setting));
            if (id == null) {
                throw ModelException.corrupt(source, "piece encoder: the vocabulary lacks '" + text(setting) + "'");
            }
            return id;
        }
    }

    private static TokenPieces bpe(Settings settings) {
        if (!(settings.bytes("byte_bpe_processor").decode() instanceof Fields processor)) {
            throw ModelException.corrupt(settings.source, "piece encoder: is no byte pair encoding");
        }
        Map<String, Integer> vocabulary = new HashMap<>();
        processor.fields("vocab").values().forEach((piece, id) -> {
            if (!(id instanceof Int number) || number.value() != (int) number.value() || number.value() < 0) {
                throw ModelException.corrupt(settings.source, "piece '" + piece + "' has number " + id);
            }
            vocabulary.put(piece, (int) number.value());
        });
        Items list = processor.items("merges");
        List<String[]> merges = new ArrayList<>();
        for (int merge = 0; merge < list.size(); merge++) {
            if (!(list.get(merge) instanceof Items pair)
                    || pair.size() != 2
                    || !(pair.get(0) instanceof Text left)
                    || !(pair.get(1) instanceof Text right)) {
                throw ModelException.corrupt(settings.source, "merge " + merge + " is no pair of pieces");
            }
            merges.add(new String[] {left.value(), right.value()});
        }
        ByteLevelBpe bpe = new BpeReader(new TokenizerFiles(Map.of(), settings.source), vocabulary).read(merges, false);
        return new TokenBpe(bpe, settings.piece("bos_piece", vocabulary), settings.piece("eos_piece", vocabulary));
    }

    private static TokenPieces wordPiece(Settings settings, boolean splits) {
        String text = new String(settings.bytes("wordpiece_processor").bytes(), StandardCharsets.UTF_8);
        Map<String, Integer> vocabulary = new HashMap<>();
        int id = 0;
        for (String piece : text.split("\n", -1)) {
            vocabulary.put(piece, id++);
        }
        return new TokenWordPiece(
                vocabulary,
                settings.flag("lowercase"),
                settings.flag("strip_accents"),
                splits,
                settings.piece("unk_piece", vocabulary),
                settings.piece("bos_piece", vocabulary),
                settings.piece("eos_piece", vocabulary));
    }

    private static TokenPieces sentencePiece(Settings settings, Items nodes) {
        byte[] model = settings.bytes("sentencepiece_processor").bytes();
        Numbering numbering = Numbering.SENTENCE_PIECE;
        for (int node = 0; node < nodes.size(); node++) {
            String layer = nodes.fields(node).text("name");
            numbering = Arrays.stream(Numbering.values())
                    .filter(known -> known.layer.equals(layer))
                    .findFirst()
                    .orElse(numbering);
        }
        return new TokenSentencePiece(SentencePieceFile.read(ByteBuffer.wrap(model), settings.source), numbering);
    }
}
