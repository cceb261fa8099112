package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What this machine offers the program. Works offline.
 *
 * @param home where the program keeps its state; need not be there yet
 */
public record LaptopChecks(Path home) {
    private static final int OLDEST_JAVA = 17;
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64", "arm64");
    private static final long MEBIBYTE = 1L << 20;
    private static final long LEAST_HEAP = 512 * MEBIBYTE;
    private static final long LEAST_DISK = 1024 * MEBIBYTE;
    private static final long ENOUGH_DISK = 5 * LEAST_DISK;

    /** All of them. */
    public List<Check> all() {
        return List.of(
                () -> List.of(java(Runtime.version().feature())),
                () -> List.of(vector(
                        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())),
                () -> List.of(architecture(System.getProperty("os.arch"))),
                () -> List.of(heap(Runtime.getRuntime().maxMemory())),
                () -> List.of(disk()));
    }

    static Finding java(int feature) {
        return feature >= OLDEST_JAVA
                ? new Finding.Good("java", feature + ", " + System.getProperty("java.vm.name"))
                : new Finding.Bad(
                        "java", "" + feature, "install a JDK, 17 or newer; 25 is best", ExitCode.CONFIGURATION);
    }

    static Finding vector(boolean there) {
        return there
                ? new Finding.Good("vector", "the Vector API is switched on")
                : new Finding.Note(
                        "vector",
                        "the Vector API is switched off, scoring is several times slower",
                        "start with ./trust-pipeline, or with --add-modules=jdk.incubator.vector");
    }

    static Finding architecture(String name) {
        return ARCHITECTURES.contains(name)
                ? new Finding.Good("architecture", name)
                : new Finding.Bad(
                        "architecture",
                        name + " has no native code for DuckDB and Zstandard",
                        "use a machine with x86-64 or ARM64",
                        ExitCode.CONFIGURATION);
    }

    static Finding heap(long bytes) {
        String state = bytes / MEBIBYTE + " MiB of heap";
        return bytes >= LEAST_HEAP
                ? new Finding.Good("memory", state)
                : new Finding.Note("memory", state, "give it more with TRUST_JAVA_OPTS=-Xmx1g");
    }

    private Finding disk() {
        Path there = home.toAbsolutePath();
        for (Path parent = there.getParent(); !Files.exists(there) && parent != null; parent = there.getParent()) {
            there = parent;
        }
        if (!Files.isWritable(there)) {
            return new Finding.Bad(
                    "home", there + " cannot be written", "name another with --home", ExitCode.CONFIGURATION);
        }
        try {
            return disk(home, Files.getFileStore(there).getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Finding disk(Path home, long free) {
        String state = "%,d MiB free for %s".formatted(free / MEBIBYTE, home);
        String remedy = "make room, or name another place with --home";
        if (free >= ENOUGH_DISK) {
            return new Finding.Good("disk", state);
        }
        return free >= LEAST_DISK
                ? new Finding.Note("disk", state, remedy)
                : new Finding.Bad("disk", state, remedy, ExitCode.UNAVAILABLE);
    }
}
