package io.trustpipeline.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Set when somebody asks the program to stop; long work looks at it between batches. Thread-safe. */
public final class StopSignal {
    private final AtomicBoolean stopped = new AtomicBoolean();

    public void stop() {
        stopped.set(true);
    }

    /**
     * Passes, unless a stop was asked for.
     *
     * @throws PipelineException STOPPED; what is done so far is kept, the same request resumes
     */
    public void check() {
        if (stopped.get()) {
            throw new PipelineException(
                    ExitCode.STOPPED, "stopped on request; start the same request again to go on where it stopped");
        }
    }
}
