package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;

/** What a check found: one line for people. */
public sealed interface Finding {
    /** What was looked at, such as {@code disk}. */
    String subject();

    /** How it is. */
    String state();

    /** As it should be. */
    record Good(String subject, String state) implements Finding {}

    /** The program works, but somebody should know. */
    record Note(String subject, String state, String remedy) implements Finding {}

    /**
     * The program would fail.
     *
     * @param exitCode what it would end with
     */
    record Bad(String subject, String state, String remedy, ExitCode exitCode) implements Finding {}
}
