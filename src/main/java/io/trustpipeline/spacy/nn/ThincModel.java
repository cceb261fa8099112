package io.trustpipeline.spacy.nn;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.FloatArray;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.config.MsgpackValue.Binary;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Items;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the files that thinc's {@code Model.to_disk} writes: msgpack of four lists, {@code nodes}, {@code attrs},
 * {@code params} and {@code shims}, with one entry for each layer.
 */
public final class ThincModel {

    private ThincModel() {}

    /**
     * The steps of the network in a file.
     *
     * @throws ModelException when the file is missing, damaged, or holds something that cannot be a network of layers
     */
    public static Steps read(Path file) {
        return read(Msgpack.read(file), file.toString());
    }

    /**
     * The steps of the network in a file's bytes.
     *
     * @param where the file, for errors
     * @throws ModelException as {@link #read(Path)}
     */
    public static Steps read(byte[] bytes, String where) {
        return read(Msgpack.decode(bytes, where), where);
    }

    private static Steps read(MsgpackValue file, String where) {
        if (!(file instanceof Fields model)) {
            throw ModelException.corrupt(where, "is not a thinc model");
        }
        Items nodes = model.items("nodes");
        Items attrs = model.items("attrs");
        Items params = model.items("params");
        if (attrs.size() != nodes.size() || params.size() != nodes.size()) {
            throw ModelException.corrupt(
                    where, nodes.size() + " nodes, " + attrs.size() + " attrs, " + params.size() + " params");
        }
        List<ThincNode> entries = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Fields node = nodes.fields(i);
            entries.add(new ThincNode(
                    i,
                    node.text("name"),
                    hasKeyTransform(node),
                    node.fields("dims"),
                    settings(attrs.fields(i)),
                    arrays(params.fields(i))));
        }
        return new Steps(where, ThincTree.build(where, entries).steps());
    }

    private static boolean hasKeyTransform(Fields node) {
        return node.find("refs") != null && node.fields("refs").find("key_transform") != null;
    }

    /** Attributes are packed by themselves before the file is; what cannot be is left empty. */
    private static Fields settings(Fields packed) {
        Map<String, MsgpackValue> settings = new LinkedHashMap<>();
        packed.values()
                .forEach((name, value) -> settings.put(name, value instanceof Binary binary ? setting(binary) : value));
        return new Fields(packed.source(), settings);
    }

    private static MsgpackValue setting(Binary packed) {
        return packed.bytes().length == 0 ? new MsgpackValue.Nil() : packed.decode();
    }

    private static Map<String, FloatArray> arrays(Fields params) {
        Map<String, FloatArray> arrays = new HashMap<>();
        for (String name : params.values().keySet()) {
            if (params.find(name) != null) {
                arrays.put(name, params.floats(name));
            }
        }
        return arrays;
    }
}
