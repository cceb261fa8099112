package io.trustpipeline.spacy.regex;

/**
 * A pattern as instructions of a nondeterministic automaton, read forwards or backwards.
 *
 * @param instructions the first is where the automaton starts
 * @param first what a match can begin with, in the direction of reading
 */
record Program(Instruction[] instructions, First first, boolean backwards) {
    sealed interface Instruction {}

    /** Consumes a character of the set and goes on with the next instruction. */
    record Take(CodePointSet set) implements Instruction {}

    /** Goes on at every target whose gate admits the next character, the first one preferred. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fork(int[] targets, First[] gates) implements Instruction {}

    /** Goes on where the place is of this kind. */
    record Stand(Node.Place place) implements Instruction {}

    /** Goes on where the next character ahead or behind is, or is not, of the set. */
    record Peek(CodePointSet set, boolean behind, boolean negative) implements Instruction {}

    /** Goes on where the program, read from here in its own direction, matches, or does not. */
    record Try(Program program, boolean negative) implements Instruction {}

    /** A match ends here. */
    record Accept() implements Instruction {}
}
