package io.trustpipeline.trigger;

import io.trustpipeline.run.ExitCode;

/** What became of a trigger's request. */
public sealed interface Verdict {
    Delivery delivery();

    /** Carried out. */
    record Done(Delivery delivery, String message) implements Verdict {}

    /** Not carried out; the exit code says whether another try may help. */
    record Failed(Delivery delivery, ExitCode exitCode, String message) implements Verdict {}
}
