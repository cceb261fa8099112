package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.regex.Node.Anchor;
import io.trustpipeline.spacy.regex.Node.Chars;
import io.trustpipeline.spacy.regex.Node.Choice;
import io.trustpipeline.spacy.regex.Node.Look;
import io.trustpipeline.spacy.regex.Node.Place;
import io.trustpipeline.spacy.regex.Node.Repeat;
import io.trustpipeline.spacy.regex.Node.Sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites a pattern into an equal one with far fewer branches. spaCy writes the affixes as {@code ^a|^b|^cc|...} and
 * {@code a$|b$|cc$|...}, hundreds of them: the anchor comes out of the brackets, and single characters that follow one
 * another become one set.
 */
final class Simplifier {
    private Simplifier() {}

    static Node simplify(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence(sequence.parts().stream().map(Simplifier::simplify).toList());
        }
        if (node instanceof Choice choice) {
            return choice(choice.branches().stream().map(Simplifier::simplify).toList());
        }
        if (node instanceof Repeat repeat) {
            return new Repeat(simplify(repeat.body()), repeat.min(), repeat.max(), repeat.greedy());
        }
        if (node instanceof Look look) {
            return new Look(simplify(look.body()), look.behind(), look.negative());
        }
        return node;
    }

    private static Node sequence(List<Node> parts) {
        List<Node> flat = new ArrayList<>();
        for (Node part : parts) {
            if (part instanceof Sequence inner) {
                flat.addAll(inner.parts());
            } else {
                flat.add(part);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new Sequence(flat);
    }

    private static Node choice(List<Node> branches) {
        Node start = new Anchor(Place.TEXT_START);
        if (branches.stream().allMatch(branch -> first(branch).equals(start))) {
            List<Node> rest = branches.stream()
                    .map(branch -> slice(branch, 1, length(branch)))
                    .toList();
            return sequence(List.of(start, choice(rest)));
        }
        Node end = new Anchor(Place.TEXT_END_OR_LAST_LINE_FEED);
        if (branches.stream().allMatch(branch -> last(branch).equals(end))) {
            List<Node> rest = branches.stream()
                    .map(branch -> slice(branch, 0, length(branch) - 1))
                    .toList();
            return sequence(List.of(choice(rest), end));
        }
        List<Node> merged = merge(branches);
        return merged.size() == 1 ? merged.get(0) : new Choice(merged);
    }

    /** Neighbours alone: moving a branch past another would change which of them is preferred. */
    private static List<Node> merge(List<Node> branches) {
        List<Node> merged = new ArrayList<>();
        for (Node branch : branches) {
            int previous = merged.size() - 1;
            if (branch instanceof Chars chars && previous >= 0 && merged.get(previous) instanceof Chars before) {
                merged.set(previous, new Chars(before.set().union(chars.set())));
            } else {
                merged.add(branch);
            }
        }
        return merged;
    }

    private static int length(Node node) {
        return node instanceof Sequence sequence ? sequence.parts().size() : 1;
    }

    static Node first(Node node) {
        return node instanceof Sequence sequence && !sequence.parts().isEmpty()
                ? sequence.parts().get(0)
                : node;
    }

    static Node last(Node node) {
        return node instanceof Sequence sequence && !sequence.parts().isEmpty()
                ? sequence.parts().get(sequence.parts().size() - 1)
                : node;
    }

    private static Node slice(Node node, int from, int to) {
        List<Node> parts = node instanceof Sequence sequence ? sequence.parts() : List.of(node);
        return sequence(parts.subList(from, to));
    }
}
