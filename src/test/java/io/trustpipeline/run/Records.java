package io.trustpipeline.run;

import java.util.List;

/** The small JSON objects of a run, for tests outside this room. */
public final class Records {
    public static final List<Class<?>> KINDS =
            List.of(RunRequest.class, Export.class, Plan.class, Receipt.class, Manifest.class);

    private Records() {}

    /** Reads a record and everything it holds, as the program does. */
    public static String read(byte[] json, Class<?> kind) {
        return RunObjects.parse(json, kind, "runs/r/" + kind.getSimpleName()).toString();
    }
}
