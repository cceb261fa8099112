package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a verification found not to be as it should, a line each. Not safe for use by several threads. */
final class Differences {
    private final List<String> lines = new ArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    /** Compares what the manifest says with what another record or the objects themselves say. */
    void compare(String what, @Nullable Object manifest, String where, @Nullable Object found) {
        if (!Objects.equals(manifest, found)) {
            lines.add(what + ": the manifest says " + manifest + ", " + where + " says " + found);
        }
    }

    /** Something of which there must be none. */
    void none(String what, long found) {
        if (found > 0) {
            lines.add(what + ": " + found);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
