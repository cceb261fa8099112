package io.trustpipeline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program as its users start it: a process of its own, with the arguments of a command line. */
final class ProgramProcess implements AutoCloseable {
    /** For little work: the compiler that starts fastest, and kernels that do not need the other. */
    private static final List<String> LITTLE_WORK =
            List.of("-XX:TieredStopAtLevel=1", "-Dtrustpipeline.kernels=scalar");

    /** Where it was noon when the tests began: runs that are compared see one day, also around midnight. */
    private static final ZoneId ZONE = noon();

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

    static ProgramProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        return start(TrustPipeline.class, List.of(), folder, environment, arguments);
    }

    /**
     * Starts another program of the tests that wraps the real one.
     *
     * @param prefix a command that starts the JVM, such as one that sets limits first; empty for none
     */
    static ProgramProcess start(
            Class<?> main, List<String> prefix, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> flags = new ArrayList<>(LITTLE_WORK);
        flags.addAll(SharedClasses.options());
        List<String> command = new ArrayList<>(prefix);
        command.addAll(command(flags, SharedClasses.path(), main, arguments));
        return start(command, folder, environment);
    }

    static List<String> command(List<String> flags, String classPath, Class<?> main, String... arguments) {
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
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProgramProcess start(List<String> command, Path folder, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TRUST_") || name.startsWith("AWS_"));
        builder.environment().put("TRUST_RUN_ZONE", ZONE.getId());
        builder.environment().putAll(environment);
        return new ProgramProcess(builder.start());
    }

    private static ZoneId noon() {
        int hour = LocalTime.now(ZoneOffset.UTC).getHour();
        return ZoneOffset.ofHours(12 - hour);
    }

    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        try (ProgramProcess process = start(folder, Map.of(), arguments)) {
            return process.end();
        }
    }

    /** Starts the program as the launcher does, and waits. */
    static Ended runAtFullSpeed(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = command(SharedClasses.options(), SharedClasses.path(), TrustPipeline.class, arguments);
        try (ProgramProcess process = start(command, folder, Map.of())) {
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

    /** SIGKILL. @return whether the process was still running */
    boolean kill() throws InterruptedException {
        boolean running = process.isAlive();
        process.destroyForcibly().waitFor();
        return running;
    }

    /** SIGTERM. */
    void terminate() {
        // Process.destroy() would close the streams as well.
        process.toHandle().destroy();
    }

    /** SIGSTOP: the process stands still, wherever it is, and knows nothing of it. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** From now on no file can grow beyond so many bytes. */
    void limitFiles(long bytes) throws IOException, InterruptedException {
        new ProcessBuilder("prlimit", "--fsize=" + bytes, "--pid=" + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits at most so long for the end. */
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
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
