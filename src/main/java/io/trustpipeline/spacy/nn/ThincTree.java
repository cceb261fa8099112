package io.trustpipeline.spacy.nn;

import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the children of thinc nodes again. The file lists nodes breadth first, so the children of consecutive nodes are
 * consecutive too, and a node's name is made of theirs: {@code a>>b} for a chain, {@code a|b} for a concatenation,
 * {@code residual(a)} for a wrapper. Taking, for node after node, the next nodes until their names make up its own
 * gives the only tree there is.
 */
final class ThincTree {

    /** Layers of spacy-transformers and its successor that wrap one other, which their name does not tell. */
    private static final Set<String> SILENT_WRAPPERS =
            Set.of(Layer.POOLING, "transformer", Layer.CURATED_LISTENER, "with_ragged_last_layer");

    private static final Pattern WRAPPER = Pattern.compile("([\\w-]+)\\((.*)\\)", Pattern.DOTALL);

    private final String where;
    private final List<ThincNode> nodes;

    /** The first node that has no parent yet. */
    private int unclaimed = 1;

    private ThincTree(String where, List<ThincNode> nodes) {
        this.where = where;
        this.nodes = nodes;
    }

    private record Shape(String type, int firstChild, int children) {}

    /** The root of the tree, whose nodes stand breadth first. */
    static Layer build(String where, List<ThincNode> nodes) {
        if (nodes.isEmpty()) {
            throw ModelException.corrupt(where, "has no layers");
        }
        return new ThincTree(where, nodes).build();
    }

    private Layer build() {
        List<Shape> shapes = new ArrayList<>();
        for (ThincNode node : nodes) {
            if (unclaimed <= shapes.size()) {
                break;
            }
            Shape shape = shape(node);
            shapes.add(shape);
            unclaimed += shape.children;
        }
        if (unclaimed < nodes.size()) {
            throw ModelException.unsupported(
                    where, "node " + unclaimed + " '" + nodes.get(unclaimed).name() + "' belongs to no layer");
        }
        Layer[] built = new Layer[nodes.size()];
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Shape shape = shapes.get(i);
            List<Layer> children = Arrays.asList(built).subList(shape.firstChild, shape.firstChild + shape.children);
            built[i] = new Layer(where, shape.type, nodes.get(i), children);
        }
        return built[0];
    }

    private Shape shape(ThincNode node) {
        String name = node.name();
        Matcher wrapper = WRAPPER.matcher(name);
        if (wrapper.matches()
                && unclaimed < nodes.size()
                && nodes.get(unclaimed).name().equals(wrapper.group(2))) {
            return new Shape(wrapper.group(1), unclaimed, 1);
        }
        if ((SILENT_WRAPPERS.contains(name) || isTransformedAttention(node)) && unclaimed < nodes.size()) {
            return new Shape(name, unclaimed, 1);
        }
        Shape chain = joined(name, ">>", Layer.CHAIN);
        Shape composed = chain != null ? chain : joined(name, "|", Layer.CONCATENATE);
        if (composed != null) {
            return composed;
        }
        if (name.contains(">>") || name.contains("|") || name.contains("(")) {
            throw ModelException.unsupported(where, "cannot tell what layer '" + name + "' is made of");
        }
        return new Shape(name, unclaimed, 0);
    }

    /** Attention with a layer that makes its keys has that layer as a child; without one it has the same name. */
    private static boolean isTransformedAttention(ThincNode node) {
        return node.name().equals(Layer.ATTENTION) && node.isTransformed();
    }

    /** The next nodes, if their names joined by the separator are this name. */
    private @Nullable Shape joined(String name, String separator, String type) {
        int at = 0;
        for (int child = unclaimed; child < nodes.size(); child++) {
            String part = nodes.get(child).name();
            if (part.isEmpty() || !name.startsWith(part, at)) {
                return null;
            }
            at += part.length();
            if (at == name.length()) {
                return child == unclaimed ? null : new Shape(type, unclaimed, child + 1 - unclaimed);
            }
            if (!name.startsWith(separator, at)) {
                return null;
            }
            at += separator.length();
        }
        return null;
    }
}
