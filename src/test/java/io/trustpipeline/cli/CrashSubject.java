package io.trustpipeline.cli;

import java.util.List;
import java.util.Map;

/** One request in a place of its own, started as often as it takes. */
interface CrashSubject extends AutoCloseable {
    ProgramProcess start(Map<String, String> environment) throws Exception;

    /** What time does after a process died, such as letting its leases run out. */
    void afterKill() throws Exception;

    /** Everything that the run leaves for others, comparable by {@code equals}. */
    Object finalState() throws Exception;

    @Override
    void close() throws Exception;

    /** A pipeline in one situation, of which any number of fresh subjects can be made; thread-safe. */
    interface Pipeline {
        String name();

        /** Every kill point that a run passes. */
        List<String> killPoints();

        CrashSubject fresh() throws Exception;
    }
}
