package io.trustpipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Programs in Python that check templates or stand in for AWS, each set installed once into a virtual environment of its
 * own under {@code target/}.
 */
final class PythonTools {
    private static final Path PROJECT = SmallData.PROJECT;

    private final Path environment;

    private PythonTools(Path environment) {
        this.environment = environment;
    }

    /** How a program ended and what it printed. */
    record Ended(int status, String text) {}

    /** @param set names {@code src/test/cloud/requirements-<set>.txt} */
    static synchronized PythonTools installed(String set) throws IOException, InterruptedException {
        Path requirements = PROJECT.resolve("src/test/cloud/requirements-" + set + ".txt");
        Path environment = PROJECT.resolve("target/cloud-tools/" + set);
        Path installed = environment.resolve("installed.txt");
        String wanted = Files.readString(requirements);
        if (!Files.exists(installed) || !Files.readString(installed).equals(wanted)) {
            must(run(Map.of(), "python3", "-m", "venv", "--clear", environment.toString()));
            must(run(
                    Map.of(),
                    environment.resolve("bin/python").toString(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--requirement",
                    requirements.toString()));
            Files.writeString(installed, wanted);
        }
        return new PythonTools(environment);
    }

    Path program(String name) {
        return environment.resolve("bin").resolve(name);
    }

    /** Runs a program of the set in the project's folder. */
    Ended run(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program(name).toString()));
        command.addAll(List.of(arguments));
        return run(Map.of(), command.toArray(String[]::new));
    }

    /** Runs any program in the project's folder and waits for its end. */
    static Ended run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(PROJECT.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(command[0] + " does not end");
        }
        return new Ended(process.exitValue(), text);
    }

    private static void must(Ended ended) {
        if (ended.status() != 0) {
            throw new IllegalStateException(ended.text());
        }
    }
}
