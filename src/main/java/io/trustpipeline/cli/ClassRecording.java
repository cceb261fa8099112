package io.trustpipeline.cli;

import java.util.Arrays;
import java.util.List;

/**
 * Carries out several commands in one process, for the JVM to record what they load: an archive of classes is of one
 * process. The launcher and the image's build start it; people never do.
 */
final class ClassRecording {
    private static final String NEXT = "--next";

    private ClassRecording() {}

    /** @param arguments commands, with {@value #NEXT} between them; the first that fails ends it */
    public static void main(String[] arguments) {
        List<String> left = Arrays.asList(arguments);
        while (!left.isEmpty()) {
            int end = left.contains(NEXT) ? left.indexOf(NEXT) : left.size();
            int status = TrustPipeline.execute(left.subList(0, end).toArray(String[]::new));
            if (status != 0) {
                System.exit(status);
            }
            left = left.subList(Math.min(left.size(), end + 1), left.size());
        }
        System.exit(0);
    }
}
