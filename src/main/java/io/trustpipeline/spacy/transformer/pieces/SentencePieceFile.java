package io.trustpipeline.spacy.transformer.pieces;

import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files that SentencePiece trains: {@code ModelProto} of {@code sentencepiece_model.proto}. Fields that are absent have
 * the defaults given there.
 */
final class SentencePieceFile {

    private static final int UNIGRAM = 1;

    /** Kinds of pieces. */
    private static final int NORMAL = 1;

    private static final int UNKNOWN = 2;
    private static final int USER_DEFINED = 4;
    private static final int BYTE = 6;

    private final String source;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> normal = new HashMap<>();
    private final List<Float> scores = new ArrayList<>();
    private float least = Float.MAX_VALUE;
    private int unknown = -1;
    private long modelType = UNIGRAM;
    private boolean suffix;
    private String open = "<s>";
    private String close = "</s>";
    private @Nullable CharsMap map;
    private boolean dummyPrefix = true;
    private boolean dropsBlanks = true;
    private boolean marksBlanks = true;

    private SentencePieceFile(String source) {
        this.source = source;
    }

    /**
     * Reads a model.
     *
     * @param source the file that it comes from, for errors
     * @throws ModelException when it is damaged or not of the kind that is computed
     */
    static SentencePieceModel read(ByteBuffer bytes, String source) {
        SentencePieceFile file = new SentencePieceFile(source);
        try {
            Protobuf in = new Protobuf(bytes);
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> file.readPiece(new Protobuf(in.bytes()));
                    case 2 -> file.readTrainer(new Protobuf(in.bytes()));
                    case 3 -> file.readNormalizer(new Protobuf(in.bytes()));
                    default -> {}
                }
            }
        } catch (IllegalArgumentException damaged) {
            throw ModelException.corrupt(source, "SentencePiece model: " + damaged.getMessage(), damaged);
        }
        return file.model();
    }

    private void readPiece(Protobuf in) {
        String text = "";
        float score = 0;
        long type = NORMAL;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> text = in.text();
                case 2 -> score = in.real();
                case 3 -> type = in.number();
                default -> {}
            }
        }
        int id = texts.size();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("piece " + id + " is empty");
        }
        if (type == USER_DEFINED || type == BYTE) {
            throw unsupported(
                    (type == BYTE ? "bytes as pieces" : "pieces that users defined") + ", such as '" + text + "',");
        }
        if (type == NORMAL) {
            normal.put(text, id);
            least = Math.min(least, score);
        } else if (type == UNKNOWN) {
            unknown = id;
        }
        texts.add(text);
        scores.add(score);
    }

    private void readTrainer(Protobuf in) {
        while (in.next()) {
            switch (in.field()) {
                case 3 -> modelType = in.number();
                case 24 -> suffix = in.number() != 0;
                case 46 -> open = in.text();
                case 47 -> close = in.text();
                default -> {}
            }
        }
    }

    private void readNormalizer(Protobuf in) {
        while (in.next()) {
            switch (in.field()) {
                case 2 -> map = charsMap(in.bytes());
                case 3 -> dummyPrefix = in.number() != 0;
                case 4 -> dropsBlanks = in.number() != 0;
                case 5 -> marksBlanks = in.number() != 0;
                default -> {}
            }
        }
    }

    private static @Nullable CharsMap charsMap(ByteBuffer field) {
        byte[] table = new byte[field.remaining()];
        field.duplicate().get(table);
        CharsMap read = CharsMap.read(table);
        if (read == null && table.length > 0) {
            throw new IllegalArgumentException("precompiled_charsmap is no table of SentencePiece");
        }
        return read;
    }

    private SentencePieceModel model() {
        if (modelType != UNIGRAM || suffix || !marksBlanks) {
            throw unsupported("a model other than unigram, or with blanks that are not marked before words,");
        }
        int first = texts.indexOf(open);
        int last = texts.indexOf(close);
        if (unknown < 0 || first < 0 || last < 0) {
            throw ModelException.corrupt(
                    source, "SentencePiece model: lacks the unknown piece, '" + open + "' or '" + close + "'");
        }
        double[] values = scores.stream().mapToDouble(Float::doubleValue).toArray();
        Unigram unigram = new Unigram(normal, values, unknown, least, true);
        return new SentencePieceModel(unigram, texts, map, dummyPrefix, dropsBlanks, unknown, first, last);
    }

    private ModelException unsupported(String what) {
        return ModelException.unsupported(source, "SentencePiece model: " + what + " is not supported");
    }
}
