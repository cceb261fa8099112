package io.trustpipeline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as its users start it: a process of its own, with the arguments of a command line. */
final class ProgramProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ProgramProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** How a process ended and all it printed. */
    record Ended(int status, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    /** Starts the program for little work: the compiler that starts fastest, and kernels that do not need the other. */
    static ProgramProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(
                folder, List.of("-XX:TieredStopAtLevel=1", "-Dtrustpipeline.kernels=scalar"), environment, arguments);
    }

    private static ProgramProcess start(
            Path folder, List<String> flags, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-modules=jdk.incubator.vector");
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.add("-Dtrustpipeline.installation=" + System.getProperty("project.dir", "."));
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(TrustPipeline.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUST_") || name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return new ProgramProcess(builder.start());
    }

    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (ProgramProcess process = start(folder, Map.of(), arguments)) {
            return process.end();
        }
    }

    /** Starts the program as the launcher does, and waits. */
    static Ended runAtFullSpeed(Path folder, String... arguments) throws IOException, InterruptedException {
        try (ProgramProcess process = start(folder, List.of(), Map.of(), arguments)) {
            return process.end();
        }
    }

    /** Reads on until a line contains the text; false when the process ended without it. */
    boolean prints(String text) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        // Process.destroy() would close the streams as well.
        process.toHandle().destroy();
    }

    Ended end() throws IOException, InterruptedException {
        prints("\u0000 never printed");
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + String.join("\n", lines));
        }
        return new Ended(process.exitValue(), List.copyOf(lines));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
