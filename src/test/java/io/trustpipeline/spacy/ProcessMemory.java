package io.trustpipeline.spacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of this process's memory. */
public final class ProcessMemory {

    private ProcessMemory() {}

    /** Resident now, in MiB; -1 where the system does not say. */
    public static long resident() throws IOException {
        return of("VmRSS");
    }

    /** The most that ever was resident, in MiB; -1 where the system does not say. */
    public static long peak() throws IOException {
        return of("VmHWM");
    }

    private static long of(String key) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
