package io.trustpipeline.credits.warehouse;

import org.junit.jupiter.api.Assumptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trino in a process of its own ({@code src/test/trino}): it needs another Java than the program, and other libraries. */
record TrinoProcess(Process process, String address) implements AutoCloseable {
    private static final String LISTENS = "trino listens at http://";
    private static final int OLDEST_JAVA = 24;

    /** Skips the test where no Java is new enough: {@code JAVA_HOME_25}, else the one that runs the tests. */
    static TrinoProcess start(Path project) throws IOException, InterruptedException {
        String home = System.getenv().getOrDefault("JAVA_HOME_25", System.getProperty("java.home"));
        Assumptions.assumeTrue(
                System.getenv("JAVA_HOME_25") != null || Runtime.version().feature() >= OLDEST_JAVA,
                "skipped: Trino needs Java 24 or later; set JAVA_HOME_25 to one");
        Path folder = Files.createDirectories(project.resolve("target/trino"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(home, "bin", "java").toString(),
                        "-Xmx1g",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        libraries(project, folder),
                        project.resolve("src/test/trino/TrinoPeer.java").toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENS)) {
                Thread drain = new Thread(() -> output.lines().forEach(each -> {}), "trino-output");
                drain.setDaemon(true);
                drain.start();
                return new TrinoProcess(process, line.substring(LISTENS.length()));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Trino does not start:\n" + said);
    }

    /** Fetched once by Maven. */
    private static String libraries(Path project, Path folder) throws IOException, InterruptedException {
        Path classPath = folder.resolve("classpath.txt");
        if (!Files.exists(classPath)) {
            Process maven = new ProcessBuilder(
                            project.resolve("mvnw").toString(),
                            "-q",
                            "-B",
                            "-f",
                            project.resolve("src/test/trino/pom.xml").toString(),
                            "dependency:build-classpath",
                            "-Dmdep.outputFile=" + classPath)
                    .directory(project.toFile())
                    .inheritIO()
                    .start();
            if (maven.waitFor() != 0) {
                throw new IllegalStateException("the libraries of Trino cannot be fetched");
            }
        }
        return Files.readString(classPath);
    }

    /** @param driver {@code trino} or {@code presto} */
    String url(String driver) {
        return "jdbc:" + driver + "://" + address + "/hive/public";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
