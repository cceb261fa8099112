package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.regex.Program.Accept;
import io.trustpipeline.spacy.regex.Program.Fork;
import io.trustpipeline.spacy.regex.Program.Instruction;
import io.trustpipeline.spacy.regex.Program.Peek;
import io.trustpipeline.spacy.regex.Program.Stand;
import io.trustpipeline.spacy.regex.Program.Take;
import io.trustpipeline.spacy.regex.Program.Try;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Runs a program over a text in one pass, all of its threads side by side and in order of preference (Rob Pike's
 * automaton; Russ Cox, "Regular Expression Matching: the Virtual Machine Approach"). The match is the one that
 * backtracking would find first; the time is proportional to the characters read times the instructions alive. For one
 * thread; allocates nothing while it runs.
 */
final class Simulation {
    private static final int NONE = -1;

    /** Which match is wanted. */
    enum Mode {
        /** One that starts right here, the preferred one. */
        HERE,
        /** The preferred one of those that start first. */
        ANYWHERE,
        /** One that starts right here, the longest. */
        HERE_LONGEST
    }

    private final Program program;
    private final StepBudget budget;
    private final Instruction[] instructions;
    private final @Nullable Simulation[] attempts;

    /** When each instruction was last reached: one number a character. */
    private final int[] reached;

    private int moment;

    /** Threads that wait at a Take or Accept, the preferred first: their instructions, and where they started. */
    private final int[] waiting;

    private final int[] waitingSince;
    private int waitingCount;

    /** Threads that have taken the last character. */
    private final int[] moved;

    private final int[] movedSince;
    private int movedCount;

    private final int[] stack;

    private String text = "";
    private int low;
    private int high;
    private int matchStart;
    private int matchEnd;

    Simulation(Program program, StepBudget budget) {
        this.program = program;
        this.budget = budget;
        this.instructions = program.instructions();
        int size = instructions.length;
        this.attempts = new Simulation[size];
        this.reached = new int[size];
        this.waiting = new int[size];
        this.waitingSince = new int[size];
        this.moved = new int[size];
        this.movedSince = new int[size];
        this.stack = new int[stackSize(instructions)];
    }

    private static int stackSize(Instruction[] instructions) {
        int size = 1;
        for (Instruction instruction : instructions) {
            size += instruction instanceof Fork fork ? fork.targets().length : 1;
        }
        return size;
    }

    /** Where the match of the last successful run started, in reading order. */
    int matchStart() {
        return matchStart;
    }

    int matchEnd() {
        return matchEnd;
    }

    /**
     * Looks for a match in {@code text[low, high)}, as if the rest of the text were not there.
     *
     * @param from where to start reading
     * @param notEmpty whether an empty match at {@code from} does not count
     */
    boolean run(String text, int low, int high, int from, Mode mode, boolean notEmpty) {
        this.text = text;
        this.low = low;
        this.high = high;
        matchStart = NONE;
        movedCount = 0;
        for (int position = from; ; ) {
            int character = next(position);
            boolean starts = mode == Mode.ANYWHERE ? matchStart == NONE : position == from;
            gather(position, character, starts);
            int width = character < 0 ? 0 : Character.charCount(character);
            advance(position, character, mode, notEmpty && position == from);
            boolean idle = movedCount == 0 && (mode != Mode.ANYWHERE || matchStart != NONE);
            if (idle || character < 0) {
                return matchStart != NONE;
            }
            position += program.backwards() ? -width : width;
        }
    }

    private int next(int position) {
        if (program.backwards()) {
            return position > low ? text.codePointBefore(position) : NONE;
        }
        return position < high ? text.codePointAt(position) : NONE;
    }

    /** Follows all moved threads, and a new one, to where they wait for a character. */
    private void gather(int position, int character, boolean starts) {
        tick();
        waitingCount = 0;
        for (int thread = 0; thread < movedCount; thread++) {
            follow(moved[thread], movedSince[thread], position, character);
        }
        if (starts && program.first().admits(character)) {
            follow(0, position, position, character);
        }
    }

    private void tick() {
        if (++moment == Integer.MAX_VALUE) {
            Arrays.fill(reached, 0);
            moment = 1;
        }
    }

    private void follow(int start, int since, int position, int character) {
        int depth = 0;
        int steps = 0;
        stack[depth++] = start;
        while (depth > 0) {
            steps++;
            int at = stack[--depth];
            if (reached[at] == moment) {
                continue;
            }
            reached[at] = moment;
            Instruction instruction = instructions[at];
            if (instruction instanceof Fork fork) {
                for (int way = fork.targets().length - 1; way >= 0; way--) {
                    if (fork.gates()[way].admits(character)) {
                        stack[depth++] = fork.targets()[way];
                    }
                }
            } else if (instruction instanceof Take || instruction instanceof Accept) {
                waiting[waitingCount] = at;
                waitingSince[waitingCount++] = since;
            } else if (holds(instruction, at, position)) {
                stack[depth++] = at + 1;
            }
        }
        budget.spend(steps);
    }

    private void advance(int position, int character, Mode mode, boolean notEmpty) {
        movedCount = 0;
        for (int thread = 0; thread < waitingCount; thread++) {
            int at = waiting[thread];
            if (instructions[at] instanceof Take take) {
                if (take.set().contains(character)) {
                    moved[movedCount] = at + 1;
                    movedSince[movedCount++] = waitingSince[thread];
                }
            } else if (!notEmpty) {
                matchStart = waitingSince[thread];
                matchEnd = position;
                if (mode != Mode.HERE_LONGEST) {
                    // The threads that follow are not preferred to this match.
                    return;
                }
            }
        }
    }

    private boolean holds(Instruction condition, int at, int position) {
        if (condition instanceof Peek peek) {
            int character = peek.behind() ? before(position) : after(position);
            return peek.set().contains(character) != peek.negative();
        }
        if (condition instanceof Try attempt) {
            Simulation simulation = attempts[at];
            if (simulation == null) {
                simulation = new Simulation(attempt.program(), budget);
                attempts[at] = simulation;
            }
            return simulation.run(text, low, high, position, Mode.HERE, false) != attempt.negative();
        }
        return switch (((Stand) condition).place()) {
            case TEXT_START -> position == low;
            case LINE_START -> position == low || before(position) == '\n';
            case TEXT_END -> position == high;
            case TEXT_END_OR_LAST_LINE_FEED -> position == high || (position == high - 1 && after(position) == '\n');
            case LINE_END -> position == high || after(position) == '\n';
            case WORD_BOUNDARY -> isWord(before(position)) != isWord(after(position));
            case NO_WORD_BOUNDARY -> high > low && isWord(before(position)) == isWord(after(position));
        };
    }

    private static boolean isWord(int character) {
        return Unicode.WORD.contains(character);
    }

    private int before(int position) {
        return position > low ? text.codePointBefore(position) : NONE;
    }

    private int after(int position) {
        return position < high ? text.codePointAt(position) : NONE;
    }
}
