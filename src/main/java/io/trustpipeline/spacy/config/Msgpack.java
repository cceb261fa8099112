package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue.Binary;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Int;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Nil;
import io.trustpipeline.spacy.config.MsgpackValue.Real;
import io.trustpipeline.spacy.config.MsgpackValue.Text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes whole msgpack files into values. Nesting and the number of values are bounded, and nothing is allocated on
 * the word of a declared size, so that a damaged file ends in a {@link ModelException} and in nothing worse.
 */
public final class Msgpack {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 4_000_000;

    private final MsgpackReader in;
    private int values;

    private Msgpack(MsgpackReader in) {
        this.in = in;
    }

    /**
     * Decodes a file that holds one value.
     *
     * @throws ModelException when the file is missing or is not that
     */
    public static MsgpackValue read(Path file) {
        return decode(MsgpackReader.open(file));
    }

    /** Decodes bytes that hold one value; {@code source} names them in errors. */
    public static MsgpackValue decode(byte[] bytes, String source) {
        return decode(MsgpackReader.of(bytes, source));
    }

    private static MsgpackValue decode(MsgpackReader in) {
        MsgpackValue value = new Msgpack(in).value(0);
        in.expectEnd();
        return value;
    }

    private MsgpackValue value(int depth) {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw ModelException.corrupt(
                    in.source(), "more than " + MAX_DEPTH + " levels or " + MAX_VALUES + " values of msgpack");
        }
        return switch (in.nextType()) {
            case NIL -> {
                in.nil();
                yield new Nil();
            }
            case BOOLEAN -> new Bool(in.bool());
            case INTEGER -> new Int(in.integer());
            case FLOAT -> new Real(in.real());
            case STRING -> new Text(in.text());
            case BINARY -> new Binary(in.source(), in.binary());
            case ARRAY -> items(depth);
            case MAP -> fields(depth);
            case EXTENSION -> throw ModelException.corrupt(in.source(), "msgpack extension types are not of spaCy");
        };
    }

    private Items items(int depth) {
        int size = in.arraySize();
        List<MsgpackValue> items = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            items.add(value(depth + 1));
        }
        return new Items(in.source(), items);
    }

    private MsgpackValue fields(int depth) {
        int size = in.mapSize();
        boolean numpy = false;
        Map<String, MsgpackValue> fields = new LinkedHashMap<>();
        for (int index = 0; index < size; index++) {
            MsgpackValue key = value(depth + 1);
            numpy |= key instanceof Binary;
            fields.put(name(key), value(depth + 1));
        }
        Fields map = new Fields(in.source(), fields);
        return numpy && fields.containsKey("nd") ? Numpy.value(map) : map;
    }

    private String name(MsgpackValue key) {
        if (key instanceof Text text) {
            return text.value();
        }
        if (key instanceof Int number) {
            return Long.toUnsignedString(number.value());
        }
        if (key instanceof Binary binary) {
            return new String(binary.bytes(), StandardCharsets.UTF_8);
        }
        throw ModelException.corrupt(in.source(), "a msgpack map key is neither text nor integer");
    }
}
