package io.trustpipeline.spacy;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The models that tests run: archives of the project, and, where {@code fixtures.dir} is set, directories outside. */
public final class TestModels {

    private static final Path PROJECT = Path.of(System.getProperty("project.dir", "."));
    private static final Path RESOURCES = PROJECT.resolve("src/test/resources/spacy");
    private static final String SUFFIX = ".tar.gz";

    private TestModels() {}

    /**
     * A model and what spaCy made with it.
     *
     * @param source the archive, or the unpacked directory
     */
    public record Fixture(String name, Path source, Path golden) {

        Path spans() {
            return golden.resolve(name + ".jsonl.gz");
        }

        Path dense() {
            return golden.resolve(name + ".dense.jsonl.gz");
        }

        /** The model directory, unpacked where needed. */
        public Path directory(Path temporary) {
            return source.toString().endsWith(SUFFIX) ? unpack(source, temporary) : source;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Fixture> ofProject() {
        List<Fixture> fixtures = new ArrayList<>();
        for (Path folder : List.of(PROJECT.resolve("demo/models"), RESOURCES.resolve("models"))) {
            list(folder, SUFFIX)
                    .forEach(archive -> fixtures.add(new Fixture(
                            archive.getFileName().toString().replace(SUFFIX, ""),
                            archive,
                            RESOURCES.resolve("golden"))));
        }
        return fixtures;
    }

    /** All models with golden files. */
    public static Stream<Fixture> all() {
        List<Fixture> fixtures = ofProject();
        String outside = System.getProperty("fixtures.dir", "");
        if (outside.isEmpty()) {
            System.out.println("fixtures.dir is not set: only the models of the project are tested");
        } else {
            list(Path.of(outside, "models"), "")
                    .forEach(model -> fixtures.add(
                            new Fixture(model.getFileName().toString(), model, Path.of(outside, "golden"))));
        }
        return fixtures.stream().filter(fixture -> Files.exists(fixture.spans()));
    }

    /** All transformer models with golden files. */
    public static Stream<Fixture> transformers() {
        List<Fixture> fixtures = new ArrayList<>();
        Path project = RESOURCES.resolve("transformer");
        list(project, SUFFIX)
                .forEach(archive -> fixtures.add(
                        new Fixture(archive.getFileName().toString().replace(SUFFIX, ""), archive, project)));
        String outside = System.getProperty("fixtures.dir", "");
        Path folder = Path.of(outside, "transformers");
        if (outside.isEmpty()) {
            System.out.println("fixtures.dir is not set: only the transformers of the project are tested");
        } else {
            list(folder.resolve("models"), "")
                    .forEach(model ->
                            fixtures.add(new Fixture(model.getFileName().toString(), model, folder.resolve("golden"))));
        }
        return fixtures.stream().filter(fixture -> Files.exists(fixture.spans()));
    }

    /** The project's pipelines of spacy-curated-transformers. */
    public static Stream<Fixture> curated() {
        return goldens(RESOURCES.resolve("curated"));
    }

    /** The project's text categorizers. */
    public static Stream<Fixture> textCategorizers() {
        return goldens(RESOURCES.resolve("textcat"));
    }

    /** Archives with their golden files beside them. */
    private static Stream<Fixture> goldens(Path folder) {
        return list(folder, SUFFIX).stream()
                .map(archive -> new Fixture(archive.getFileName().toString().replace(SUFFIX, ""), archive, folder));
    }

    /** A text categorizer of the project. */
    public static Fixture textCategorizer(String name) {
        return textCategorizers()
                .filter(fixture -> fixture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** A model of the project. */
    public static Fixture named(String name) {
        return ofProject().stream()
                .filter(fixture -> fixture.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Archives of pipelines that must be refused, and the file that says with which word. */
    public static Path refused() {
        return RESOURCES.resolve("refused");
    }

    private static List<Path> list(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Unpacks an archive; returns the folder in it that has a config.cfg, or its only folder. */
    public static Path unpack(Path archive, Path target) {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                }
            }
            return modelIn(target);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path modelIn(Path folder) throws IOException {
        for (Path at = folder; ; ) {
            if (Files.exists(at.resolve("vocab"))) {
                return at;
            }
            try (Stream<Path> inside = Files.list(at)) {
                at = inside.filter(Files::isDirectory).findFirst().orElseThrow();
            }
        }
    }
}
