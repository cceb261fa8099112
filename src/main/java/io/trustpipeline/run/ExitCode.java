package io.trustpipeline.run;

import java.util.Locale;

/**
 * How the program ends, after {@code sysexits.h}. The names are also the error names that Step Functions sees, so that
 * {@code Retry} and {@code Catch} can tell them apart.
 */
public enum ExitCode {
    /** Everything asked for is done. */
    DONE(0),
    /** The command line cannot be understood. */
    USAGE(2),
    /** The request is malformed, or its run id belongs to another request. */
    REQUEST_REFUSED(64),
    /** Data or models cannot be used as they are. */
    DATA_REFUSED(65),
    /** Something outside (storage, warehouse, topic) does not answer; worth a retry. */
    UNAVAILABLE(69),
    /** A defect of ours. */
    DEFECT(70),
    /** Stopped before the end; the same request resumes. */
    STOPPED(75),
    /** Stopped because it took what it was allowed to; the same request resumes, but not by itself. */
    LIMIT_REACHED(75),
    /** The configuration is wrong. */
    CONFIGURATION(78);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The error's name in Step Functions, such as {@code RequestRefused}. */
    public String errorName() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }
}
