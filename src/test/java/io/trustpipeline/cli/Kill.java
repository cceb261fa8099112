package io.trustpipeline.cli;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A SIGKILL: at a kill point, or some time after the start. */
sealed interface Kill {
    /** Where it fell, for people. */
    String place();

    /** Starts the subject's processes and kills one. @return false when all came to their end before, or one failed */
    boolean strike(CrashSubject subject) throws Exception;

    record At(String place) implements Kill {
        @Override
        public boolean strike(CrashSubject subject) throws Exception {
            do {
                try (ProgramProcess process = subject.start(Map.of("TRUST_PAUSE_AT", place))) {
                    if (process.prints("paused at " + place)) {
                        return process.kill();
                    }
                    if (process.end().status() != 0) {
                        return false;
                    }
                }
            } while (subject.more());
            return false;
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
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            long left = millis;
            do {
                try (ProgramProcess process = subject.start(Map.of())) {
                    if (!process.endsWithin(left)) {
                        return process.kill();
                    }
                    if (process.end().status() != 0) {
                        return false;
                    }
                }
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            } while (subject.more() && left > 0);
            return false;
        }
    }
}
