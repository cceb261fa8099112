package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.regex.Node.Chars;
import io.trustpipeline.spacy.regex.Node.Choice;
import io.trustpipeline.spacy.regex.Node.Repeat;
import io.trustpipeline.spacy.regex.Node.Sequence;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Finds characters that no match is without, such as the full stop of a URL: most words are ruled out by a glance. */
final class Required {
    private Required() {}

    /** A small set of which every match has at least one character; null when there is none. */
    static @Nullable CodePointSet of(Node node) {
        if (node instanceof Chars chars) {
            return chars.set();
        }
        if (node instanceof Sequence sequence) {
            return smallest(sequence.parts());
        }
        if (node instanceof Choice choice) {
            return union(choice.branches());
        }
        return node instanceof Repeat repeat && repeat.min() > 0 ? of(repeat.body()) : null;
    }

    private static @Nullable CodePointSet smallest(List<Node> parts) {
        CodePointSet smallest = null;
        for (Node part : parts) {
            CodePointSet set = of(part);
            if (set != null && (smallest == null || set.size() < smallest.size())) {
                smallest = set;
            }
        }
        return smallest;
    }

    private static @Nullable CodePointSet union(List<Node> branches) {
        List<CodePointSet> sets = new ArrayList<>();
        for (Node branch : branches) {
            CodePointSet set = of(branch);
            if (set == null) {
                return null;
            }
            sets.add(set);
        }
        return CodePointSet.union(sets);
    }
}
