package io.trustpipeline.cli;

import io.trustpipeline.ops.ConsoleProgress;
import io.trustpipeline.ops.JsonProgress;
import io.trustpipeline.run.Progress;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Where a command prints.
 *
 * @param terminal whether a person watches, so that a line may be drawn over itself
 * @param json whether a program reads it: then every line is a JSON object
 */
record Console(PrintStream out, boolean terminal, boolean json) {

    /** For people. */
    Console(PrintStream out, boolean terminal) {
        this(out, terminal, false);
    }

    /** Standard output, in UTF-8 whatever the locale says. */
    static Console standard() {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return new Console(out, System.console() != null && interactive());
    }

    private static boolean interactive() {
        String term = System.getenv("TERM");
        return term != null && !term.equals("dumb") && System.getenv("CI") == null;
    }

    /** Tells here how far a run has come. */
    Progress progress(Clock clock) {
        return json ? new JsonProgress(out, clock) : new ConsoleProgress(out, terminal, clock);
    }

    void line(String text) {
        if (json) {
            new JsonProgress(out, Clock.systemUTC()).note(text);
        } else {
            out.println(text);
        }
    }
}
