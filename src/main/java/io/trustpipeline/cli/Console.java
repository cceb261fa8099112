package io.trustpipeline.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param terminal whether a person watches, so that a line may be drawn over itself
 */
record Console(PrintStream out, boolean terminal) {

    /** Standard output, in UTF-8 whatever the locale says. */
    static Console standard() {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        return new Console(out, System.console() != null && interactive());
    }

    private static boolean interactive() {
        String term = System.getenv("TERM");
        return term != null && !term.equals("dumb") && System.getenv("CI") == null;
    }

    void line(String text) {
        out.println(text);
    }
}
