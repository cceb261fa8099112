package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.regex.Node.Chars;
import io.trustpipeline.spacy.regex.Node.Choice;
import io.trustpipeline.spacy.regex.Node.Repeat;
import io.trustpipeline.spacy.regex.Node.Sequence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a match can begin with, or end with when read backwards.
 *
 * @param set the characters that the first one is among, when the match has any
 * @param empty whether a match may have none
 */
record First(CodePointSet set, boolean empty) {
    private static final First NOTHING = new First(CodePointSet.EMPTY, true);

    /** Whether a match may start before {@code codePoint}, which is -1 where the text ends. */
    boolean admits(int codePoint) {
        return empty || set.contains(codePoint);
    }

    static First of(Node node, boolean backwards) {
        if (node instanceof Chars chars) {
            return new First(chars.set(), false);
        }
        if (node instanceof Sequence sequence) {
            return ofParts(inOrder(sequence.parts(), backwards), backwards);
        }
        if (node instanceof Choice choice) {
            return ofBranches(choice.branches(), backwards);
        }
        if (node instanceof Repeat repeat) {
            First body = of(repeat.body(), backwards);
            return new First(body.set, body.empty || repeat.min() == 0);
        }
        return NOTHING;
    }

    static List<Node> inOrder(List<Node> parts, boolean backwards) {
        List<Node> ordered = new ArrayList<>(parts);
        if (backwards) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private static First ofParts(List<Node> parts, boolean backwards) {
        List<CodePointSet> sets = new ArrayList<>();
        boolean empty = true;
        for (Node part : parts) {
            if (empty) {
                First first = of(part, backwards);
                sets.add(first.set);
                empty = first.empty;
            }
        }
        return new First(CodePointSet.union(sets), empty);
    }

    private static First ofBranches(List<Node> branches, boolean backwards) {
        List<CodePointSet> sets = new ArrayList<>();
        boolean empty = false;
        for (Node branch : branches) {
            First first = of(branch, backwards);
            sets.add(first.set);
            empty |= first.empty;
        }
        return new First(CodePointSet.union(sets), empty);
    }
}
