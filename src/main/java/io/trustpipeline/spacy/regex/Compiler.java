package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.regex.Node.Anchor;
import io.trustpipeline.spacy.regex.Node.Chars;
import io.trustpipeline.spacy.regex.Node.Choice;
import io.trustpipeline.spacy.regex.Node.Look;
import io.trustpipeline.spacy.regex.Node.Repeat;
import io.trustpipeline.spacy.regex.Node.Sequence;
import io.trustpipeline.spacy.regex.Program.Accept;
import io.trustpipeline.spacy.regex.Program.Fork;
import io.trustpipeline.spacy.regex.Program.Instruction;
import io.trustpipeline.spacy.regex.Program.Peek;
import io.trustpipeline.spacy.regex.Program.Stand;
import io.trustpipeline.spacy.regex.Program.Take;
import io.trustpipeline.spacy.regex.Program.Try;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a parsed pattern into a program (Ken Thompson's construction; counted repeats are written out). */
final class Compiler {
    private static final int MAX_INSTRUCTIONS = 20_000;
    /** Nodes that are written out, those that leave no instruction among them. */
    private static final int MAX_NODES = 200_000;

    private static final First ANYTHING = new First(CodePointSet.ALL, true);

    private final boolean backwards;
    private final String where;
    private final Size size;
    private final List<Instruction> instructions = new ArrayList<>();

    /** Of a program with all programs inside it. */
    private static final class Size {
        private int instructions;
        private int nodes;
    }

    private Compiler(boolean backwards, String where, Size size) {
        this.backwards = backwards;
        this.where = where;
        this.size = size;
    }

    static Program compile(Node node, boolean backwards, String where) {
        return compile(node, backwards, where, new Size());
    }

    private static Program compile(Node node, boolean backwards, String where, Size size) {
        Compiler compiler = new Compiler(backwards, where, size);
        compiler.emit(node);
        compiler.add(new Accept());
        return new Program(compiler.instructions.toArray(Instruction[]::new), First.of(node, backwards), backwards);
    }

    private void emit(Node node) {
        if (++size.nodes > MAX_NODES) {
            throw ModelException.unsupported(where, "regular expression of more than " + MAX_NODES + " parts");
        }
        if (node instanceof Chars chars) {
            add(new Take(chars.set()));
        } else if (node instanceof Sequence sequence) {
            First.inOrder(sequence.parts(), backwards).forEach(this::emit);
        } else if (node instanceof Choice choice) {
            emitChoice(choice);
        } else if (node instanceof Repeat repeat) {
            emitRepeat(repeat);
        } else if (node instanceof Anchor anchor) {
            add(new Stand(anchor.place()));
        } else if (node instanceof Look look) {
            emitLook(look);
        }
    }

    private void emitLook(Look look) {
        add(
                look.body() instanceof Chars chars
                        ? new Peek(chars.set(), look.behind(), look.negative())
                        : new Try(compile(look.body(), look.behind(), where, size), look.negative()));
    }

    private void emitChoice(Choice choice) {
        int branches = choice.branches().size();
        Fork fork = fork(branches);
        List<Fork> exits = new ArrayList<>();
        for (int branch = 0; branch < branches; branch++) {
            Node node = choice.branches().get(branch);
            aim(fork, branch, First.of(node, backwards));
            emit(node);
            if (branch < branches - 1) {
                exits.add(fork(1));
            }
        }
        exits.forEach(exit -> aim(exit, 0, ANYTHING));
    }

    private void emitRepeat(Repeat repeat) {
        boolean unlimited = repeat.max() == Repeat.UNLIMITED;
        if (unlimited && First.of(repeat.body(), backwards).empty()) {
            // After an empty round backtracking takes ways that an automaton does not see.
            throw ModelException.unsupported(where, "regular expression with an unlimited repeat of what may be empty");
        }
        int copies = unlimited ? Math.max(repeat.min(), 1) : repeat.max();
        int start = instructions.size();
        List<Fork> options = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            if (copy >= repeat.min()) {
                options.add(option(repeat));
            }
            start = instructions.size();
            emit(repeat.body());
        }
        if (unlimited) {
            Fork again = option(repeat);
            again.targets()[repeat.greedy() ? 0 : 1] = start;
            options.add(again);
        }
        options.forEach(option -> aim(option, repeat.greedy() ? 1 : 0, ANYTHING));
    }

    /** A fork between the body, which is to follow, and a way out that is still to be aimed. */
    private Fork option(Repeat repeat) {
        Fork fork = fork(2);
        aim(fork, repeat.greedy() ? 0 : 1, First.of(repeat.body(), backwards));
        return fork;
    }

    private Fork fork(int ways) {
        First[] gates = new First[ways];
        Arrays.fill(gates, ANYTHING);
        Fork fork = new Fork(new int[ways], gates);
        add(fork);
        return fork;
    }

    /** Lets a way of a fork lead to the instruction that comes next. */
    private void aim(Fork fork, int way, First gate) {
        fork.targets()[way] = instructions.size();
        fork.gates()[way] = gate;
    }

    private void add(Instruction instruction) {
        if (++size.instructions > MAX_INSTRUCTIONS) {
            throw ModelException.unsupported(
                    where, "regular expression of more than " + MAX_INSTRUCTIONS + " instructions");
        }
        instructions.add(instruction);
    }
}
