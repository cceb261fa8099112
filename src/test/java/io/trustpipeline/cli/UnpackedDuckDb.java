package io.trustpipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * DuckDB's driver with its native library beside it. As it comes, every process unpacks the 70 MB into the temporary
 * folder, and one that is killed leaves them there.
 */
final class UnpackedDuckDb {
    private static final String NATIVE = "libduckdb_java.so_";

    private UnpackedDuckDb() {}

    /** Returns the driver's jar in the folder, or the given one where it has no library for this machine. */
    static Path in(Path folder, Path jar) throws IOException {
        String library = NATIVE + system() + "_" + processor();
        try (JarFile driver = new JarFile(jar.toFile())) {
            if (driver.getEntry(library) == null) {
                return jar;
            }
            Path stripped = folder.resolve("duckdb.jar");
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(stripped))) {
                Enumeration<JarEntry> entries = driver.entries();
                while (entries.hasMoreElements()) {
                    JarEntry entry = entries.nextElement();
                    if (!entry.getName().startsWith(NATIVE)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        driver.getInputStream(entry).transferTo(out);
                        out.closeEntry();
                    }
                }
            }
            try (InputStream in = driver.getInputStream(driver.getJarEntry(library))) {
                Files.copy(in, folder.resolve(library));
            }
            return stripped;
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "macos" : name.startsWith("windows") ? "windows" : "linux";
    }

    private static String processor() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
