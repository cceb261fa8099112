package io.trustpipeline.cli;

import java.util.List;
import java.util.Map;

/** One request in a place of its own, carried out by one process or by several in turn, started as often as it takes. */
interface CrashSubject extends AutoCloseable {
    /** Starts the process whose turn it is; the same one again until {@link #more} was asked. */
    ProgramProcess start(Map<String, String> environment) throws Exception;

    /** Goes on to the next process. @return false when the last one has had its turn, and it is the first one's again */
    default boolean more() {
        return false;
    }

    /** What time does after a process died, such as letting its leases run out. */
    default void afterKill() throws Exception {
        // The kernel frees the home's lock; all else is as the process left it.
    }

    /** Everything that the run leaves for others, comparable by {@code equals}. */
    Object finalState() throws Exception;

    @Override
    void close() throws Exception;

    /** A pipeline in one situation, of which any number of fresh subjects can be made; thread-safe. */
    interface Pipeline {
        String name();

        /** Every kill point that a run passes. */
        List<String> killPoints();

        /** How many processes carry a run out, one after the other. */
        default int processes() {
            return 1;
        }

        CrashSubject fresh() throws Exception;
    }
}
