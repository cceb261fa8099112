package io.trustpipeline.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The program as a jar, and the classes of a run as the JVM laid them out once, so that each process that a test starts
 * takes a fraction of the time. Made with the first process that a test JVM starts.
 */
final class SharedClasses {
    /** One for each JVM that tests run in. */
    private static final Path FOLDER =
            SmallData.PROJECT.resolve("target/shared-classes").resolve(System.getProperty("test.fork", "0"));

    private static final Path CLASSES = SmallData.PROJECT.resolve("target/classes");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    /** The temporary folder of every process. */
    static final Path TEMPORARY = FOLDER.resolve("tmp");

    private SharedClasses() {}

    private static final class Holder {
        /** The program first, then its libraries: what an archive asks for. */
        static final List<String> JARS = new ArrayList<>();

        static final List<String> CLASS_FOLDERS = new ArrayList<>();

        static {
            try {
                prepare();
            } catch (Exception e) {
                throw new IllegalStateException("the classes of a run could not be recorded", e);
            }
        }

        private static void prepare() throws Exception {
            Folders.delete(FOLDER);
            Files.createDirectories(TEMPORARY);
            JARS.add(pack().toString());
            String given = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            for (String each : given.split(File.pathSeparator)) {
                if (!each.endsWith(".jar")) {
                    if (!Path.of(each).equals(CLASSES)) {
                        CLASS_FOLDERS.add(each);
                    }
                } else if (!each.contains("DynamoDBLocal")) {
                    // Its manifest names the folder it lies in, which no archive may contain; no program needs it.
                    JARS.add(each);
                }
            }
            record();
        }
    }

    /** For the command line of a JVM whose class path is {@link #path}. */
    static List<String> options() {
        List<String> options = new ArrayList<>();
        // Libraries unpack native code here, and cannot remove it when they are killed.
        options.add("-Djava.io.tmpdir=" + TEMPORARY);
        if (!Holder.JARS.isEmpty() && Files.exists(ARCHIVE)) {
            options.addAll(List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        }
        return options;
    }

    /** The program, its libraries, and the classes of the tests. */
    static String path() {
        return String.join(File.pathSeparator, Holder.JARS)
                + File.pathSeparator
                + String.join(File.pathSeparator, Holder.CLASS_FOLDERS);
    }

    private static Path pack() throws IOException {
        Path jar = FOLDER.resolve("program.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> classes = Files.walk(CLASSES)) {
            out.setLevel(0);
            for (Path each : classes.skip(1).sorted().toList()) {
                String name = CLASSES.relativize(each).toString().replace(File.separatorChar, '/');
                // Camel looks for files in folders, so these have entries of their own.
                out.putNextEntry(new JarEntry(Files.isDirectory(each) ? name + "/" : name));
                if (Files.isRegularFile(each)) {
                    Files.copy(each, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    /** One small run; without an archive everything works, only slower. */
    private static void record() throws Exception {
        Path scratch = Files.createDirectories(FOLDER.resolve("record"));
        Path comments = SmallData.comments(scratch.resolve("comments.csv"), 3);
        Path models = SmallData.models(scratch.resolve("models"));
        List<String> command = ProgramProcess.command(
                List.of(
                        "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + TEMPORARY),
                String.join(File.pathSeparator, Holder.JARS),
                TrustPipeline.class,
                SmallData.arguments(scratch.resolve("home"), comments, models));
        Process process = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("record.log").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the run did not end well; see " + FOLDER.resolve("record.log"));
        }
        Folders.delete(scratch);
    }
}
