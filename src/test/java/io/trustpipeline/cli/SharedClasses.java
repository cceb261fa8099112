package io.trustpipeline.cli;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * The program as a jar, and the classes of a run as the JVM laid them out once, so that each process that a test starts
 * takes a fraction of the time. Made with the first process that a test of this build starts; where tests run in several
 * JVMs, the others wait for it.
 */
final class SharedClasses {
    private static final Path FOLDER = SmallData.PROJECT.resolve("target/shared-classes");
    private static final Path PROGRAM = FOLDER.resolve("program.jar");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    /** Names the build that made them. */
    private static final Path MADE = FOLDER.resolve("made");

    private static final Path CLASSES = SmallData.PROJECT.resolve("target/classes");
    /** The temporary folder of every process, one for each JVM that tests run in. */
    static final Path TEMPORARY = FOLDER.resolve("tmp-" + System.getProperty("test.fork", "0"));

    /** Many times what it takes; on a machine with other work it takes long. */
    private static final int RECORDING_SECONDS = 600;

    private SharedClasses() {}

    private static final class Holder {
        /** The program first, then its libraries: what an archive asks for. */
        static final List<String> JARS = new ArrayList<>(List.of(PROGRAM.toString()));

        static final List<String> CLASS_FOLDERS = new ArrayList<>();

        static {
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
            try {
                prepare();
            } catch (Exception e) {
                throw new IllegalStateException("the classes of a run could not be recorded", e);
            }
        }
    }

    private static void prepare() throws Exception {
        String build = System.getProperty(
                "test.build", String.valueOf(ProcessHandle.current().pid()));
        Files.createDirectories(FOLDER);
        Folders.delete(TEMPORARY);
        Files.createDirectories(TEMPORARY);
        try (FileChannel channel = FileChannel.open(FOLDER.resolve("lock"), CREATE, WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !(Files.exists(MADE) && Files.readString(MADE).equals(build))) {
                Files.deleteIfExists(ARCHIVE);
                pack();
                record();
                Files.writeString(MADE, build);
            }
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

    private static void pack() throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(PROGRAM));
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
    }

    /** One small run; without an archive everything works, only slower. */
    private static void record() throws Exception {
        Path scratch = FOLDER.resolve("record");
        Folders.delete(scratch);
        Files.createDirectories(scratch);
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
        if (!process.waitFor(RECORDING_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the run did not end well; see " + FOLDER.resolve("record.log"));
        }
        Folders.delete(scratch);
    }
}
