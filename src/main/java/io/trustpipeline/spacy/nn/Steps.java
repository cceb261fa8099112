package io.trustpipeline.spacy.nn;

import io.trustpipeline.spacy.ModelException;

import java.util.List;

/** A walk along the steps of a network that refuses what is not expected. */
public final class Steps {

    private final String where;
    private final List<Layer> layers;
    private int next;

    Steps(String where, List<Layer> layers) {
        this.where = where;
        this.layers = layers;
    }

    /** Whether the next step is of this type. */
    public boolean at(String type) {
        return next < layers.size() && layers.get(next).type().equals(type);
    }

    /** Whether the next step has several sides, the first of which begins with this type. */
    public boolean atSidesOf(String type) {
        return at(Layer.CONCATENATE) && layers.get(next).side(0).at(type);
    }

    /** Goes past the next step, which has to be of this type. */
    public Layer take(String type) {
        if (!at(type)) {
            String found = next < layers.size() ? "layer '" + layers.get(next).type() + "'" : "the end";
            throw ModelException.unsupported(where, found + " where '" + type + "' is expected");
        }
        return layers.get(next++);
    }

    /** Goes past the next step, whatever it is. */
    public Layer takeAny() {
        if (next == layers.size()) {
            throw ModelException.unsupported(where, "the end where a layer is expected");
        }
        return layers.get(next++);
    }

    /** Makes sure that no step is left. */
    public void end() {
        if (next < layers.size()) {
            throw ModelException.unsupported(where, "layer '" + layers.get(next).type() + "' is not expected");
        }
    }
}
