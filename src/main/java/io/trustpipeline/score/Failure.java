package io.trustpipeline.score;

import io.trustpipeline.spacy.ModelException;

/** Says in one line what an exception was, without its message: that may quote the text it failed on. */
final class Failure {
    private static final String OURS = "io.trustpipeline.";

    private Failure() {}

    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof ModelException) {
            return String.valueOf(root.getMessage());
        }
        String name = root.getClass().getSimpleName();
        for (StackTraceElement frame : root.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS)) {
                return "%s at %s.%s:%d"
                        .formatted(name, frame.getClassName(), frame.getMethodName(), frame.getLineNumber());
            }
        }
        return name;
    }
}
