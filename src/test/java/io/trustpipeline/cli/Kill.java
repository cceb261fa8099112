package io.trustpipeline.cli;

import java.util.Map;

/** A SIGKILL: at a kill point, or some time after the start of the process. */
sealed interface Kill {
    /** Where it fell, for people. */
    String place();

    /** Starts the subject and kills it. @return false when the process came to its end before */
    boolean strike(CrashSubject subject) throws Exception;

    record At(String place) implements Kill {
        @Override
        public boolean strike(CrashSubject subject) throws Exception {
            try (ProgramProcess process = subject.start(Map.of("TRUST_PAUSE_AT", place))) {
                return process.prints("paused at " + place) && process.kill();
            }
        }
    }

    record After(long millis) implements Kill {
        static final String PLACE = "at random moments";

        @Override
        public String place() {
            return PLACE;
        }

        @Override
        public boolean strike(CrashSubject subject) throws Exception {
            try (ProgramProcess process = subject.start(Map.of())) {
                return !process.endsWithin(millis) && process.kill();
            }
        }
    }
}
