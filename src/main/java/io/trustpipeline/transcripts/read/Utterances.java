package io.trustpipeline.transcripts.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a reader finds in a file: utterances, in the order of their lines, and what people should look at. */
final class Utterances {
    /** Of a class day there are some thousands; a file of single letters must not fill the heap. */
    static final int MOST = 250_000;

    private static final int WARNINGS_KEPT = 10;

    private final Path file;
    private final List<Utterance> all = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int warned;

    Utterances(Path file) {
        this.file = file;
    }

    void add(Utterance utterance) {
        if (all.size() == MOST) {
            throw Refusal.of(file, utterance.lineNumber(), "more than " + MOST + " utterances; split the transcript");
        }
        all.add(utterance);
    }

    /** @param what without a word of what was said */
    void warn(int line, String what) {
        warned++;
        if (warnings.size() < WARNINGS_KEPT) {
            warnings.add("line " + line + ": " + what);
        }
    }

    List<Utterance> all() {
        return all;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    int warned() {
        return warned;
    }
}
