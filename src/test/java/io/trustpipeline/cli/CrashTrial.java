package io.trustpipeline.cli;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A subject, killed so many times one after the other, then let run to its end and compared.
 *
 * @param mustStrike whether each kill must fall: false when recovery may have passed a place already
 */
record CrashTrial(CrashSubject.Pipeline pipeline, String kind, List<Kill> kills, boolean mustStrike) {
    /**
     * What came of a trial.
     *
     * @param struck the places of the kills that fell
     * @param difference null when the final state was the uninterrupted run's
     */
    record Outcome(
            CrashTrial trial, List<String> struck, @Nullable String difference) {}

    Outcome run(Object uninterrupted) throws Exception {
        List<String> struck = new ArrayList<>();
        try (CrashSubject subject = pipeline.fresh()) {
            for (Kill kill : kills) {
                if (kill.strike(subject)) {
                    struck.add(kill.place());
                    subject.afterKill();
                } else if (mustStrike) {
                    return new Outcome(this, struck, "the run does not pass " + kill.place());
                }
            }
            return new Outcome(this, struck, difference(subject, uninterrupted));
        }
    }

    private static @Nullable String difference(CrashSubject subject, Object uninterrupted) throws Exception {
        String failure = completed(subject);
        if (failure != null) {
            return failure;
        }
        Object state = subject.finalState();
        return state.equals(uninterrupted) ? null : "the final state is\n" + state + "\nnot\n" + uninterrupted;
    }

    /** Lets every process come to its end. @return what the first one said that did not end well */
    private static @Nullable String completed(CrashSubject subject) throws Exception {
        do {
            try (ProgramProcess process = subject.start(Map.of())) {
                ProgramProcess.Ended ended = process.end();
                if (ended.status() != 0) {
                    return "exit code " + ended.status() + ": " + ended.text();
                }
            }
        } while (subject.more());
        return null;
    }

    /** The final state of a subject that nobody kills. */
    static Object uninterrupted(CrashSubject.Pipeline pipeline) throws Exception {
        try (CrashSubject subject = pipeline.fresh()) {
            String failure = completed(subject);
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return subject.finalState();
        }
    }
}
