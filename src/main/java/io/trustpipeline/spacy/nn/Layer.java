package io.trustpipeline.spacy.nn;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.FloatArray;
import io.trustpipeline.spacy.config.MsgpackValue;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A layer of a thinc network as its file describes it: what kind it is, what it is made of, its arrays and settings.
 * Immutable.
 *
 * <p>The accessors throw {@link ModelException} when the layer is not what the caller needs.
 */
public final class Layer {

    /** The type of a layer that runs its children one after the other. */
    public static final String CHAIN = "chain";

    /** The type of a layer that runs its children side by side. */
    public static final String CONCATENATE = "concatenate";

    /** The type of spacy-transformers' layer that pools pieces by the reduction inside it. */
    public static final String POOLING = "trfs2arrays";

    /** The type of spacy-curated-transformers' listener, which pools pieces by the reduction inside it. */
    public static final String CURATED_LISTENER = "last_transformer_layer_listener";

    /** The type of thinc's attention to a learnt query. */
    public static final String ATTENTION = "para-attn";

    /** Layers that only reshape what passes through them, or do something in training alone. */
    private static final Set<String> IDENTITIES =
            Set.of("dropout", "list2ragged", "ragged2list", "Flattener", "noop", "ints-getitem");

    private final String where;
    private final String type;
    private final ThincNode node;
    private final List<Layer> children;

    Layer(String where, String type, ThincNode node, List<Layer> children) {
        this.where = where;
        this.type = type;
        this.node = node;
        this.children = List.copyOf(children);
    }

    /** {@link #CHAIN}, {@link #CONCATENATE}, the name of a wrapper such as {@code residual}, or that of a single layer. */
    public String type() {
        return type;
    }

    /** What the layer is composed of. */
    public List<Layer> children() {
        return children;
    }

    /** The layers that data passes one after the other: this one, or the parts of a chain; those that do nothing left out. */
    public List<Layer> steps() {
        if (type.equals(CHAIN)) {
            return children.stream().flatMap(child -> child.steps().stream()).toList();
        }
        return IDENTITIES.contains(type) ? List.of() : List.of(this);
    }

    /** The steps of one side of a concatenation. */
    public Steps side(int index) {
        return new Steps(where, children.get(index).steps());
    }

    /** The steps of what a wrapper wraps. */
    public Steps inside() {
        return new Steps(where, children.get(0).steps());
    }

    /** The shape of an array. */
    public int[] shape(String parameter) {
        return parameter(parameter).shape();
    }

    /** An array of the given shape, in C order. */
    public float[] array(String parameter, int... shape) {
        FloatArray array = parameter(parameter);
        if (!Arrays.equals(array.shape(), shape)) {
            throw corrupt(parameter + " has shape " + Arrays.toString(array.shape()) + ", expected "
                    + Arrays.toString(shape));
        }
        return array.data();
    }

    private FloatArray parameter(String parameter) {
        FloatArray array = node.parameters().get(parameter);
        if (array == null) {
            throw corrupt("array " + parameter + " is missing");
        }
        return array;
    }

    /** The maxout layer's weights and biases. */
    public MaxoutParameters maxout() {
        int[] shape = shape("W");
        if (shape.length != 3 || shape[0] * shape[1] * shape[2] == 0) {
            throw corrupt("W has shape " + Arrays.toString(shape) + ", expected outputs, pieces, inputs");
        }
        return new MaxoutParameters(array("W", shape), array("b", shape[0], shape[1]), shape[0], shape[1], shape[2]);
    }

    /** The layer normalisation's gain and bias for this many outputs. */
    public LayerNorm layerNorm(int width) {
        return new LayerNorm(array("G", width), array("b", width));
    }

    /** The layer's settings. */
    public MsgpackValue.Fields settings() {
        return node.settings();
    }

    /** A setting that is a number. */
    public int integer(String setting) {
        return inRange(setting, node.settings().integer(setting));
    }

    /** A setting that is a token attribute, by its name or number. */
    public Attribute attribute(String setting) {
        return attribute(node.settings().find(setting), setting);
    }

    /** Settings that are token attributes, by their names or numbers. */
    public List<Attribute> attributes(String setting) {
        return node.settings().items(setting).values().stream()
                .map(value -> attribute(value, setting))
                .toList();
    }

    private Attribute attribute(@Nullable MsgpackValue value, String setting) {
        if (value instanceof MsgpackValue.Text name) {
            return Attribute.parse(name.value(), where);
        }
        if (value instanceof MsgpackValue.Int number) {
            return Attribute.parse(number.value(), where);
        }
        throw corrupt(setting + " " + value + " is neither a name nor a number");
    }

    /** A size of the layer, such as {@code nO}. */
    public int dimension(String name) {
        return inRange(name, node.dimensions().integer(name));
    }

    private int inRange(String what, long value) {
        if (value != (int) value) {
            throw corrupt(what + " is " + value);
        }
        return (int) value;
    }

    /** The error that this layer is not what spaCy writes. */
    public ModelException corrupt(String what) {
        return ModelException.corrupt(where, "layer " + type + " (node " + node.index() + "): " + what);
    }

    /** The error that this engine does not compute what this layer does. */
    public ModelException unsupported(String what) {
        return ModelException.unsupported(where, "layer " + type + " (node " + node.index() + "): " + what);
    }
}
