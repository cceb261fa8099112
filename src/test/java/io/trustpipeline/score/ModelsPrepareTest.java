package io.trustpipeline.score;

import io.trustpipeline.run.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsPrepareTest {
    private static final Path TRANSFORMERS =
            Path.of(System.getProperty("project.dir", "."), "src/test/resources/spacy/transformer");

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void unpacked_archives_and_packed_weights_are_kept_by_digest_and_used_again() throws IOException {
        Files.copy(TRANSFORMERS.resolve("roberta-48.tar.gz"), folder.resolve("a.tar.gz"));
        models("{\"A\": {\"path\": \"a.tar.gz\"}}");

        assertThat(prepare()).isTrue();
        assertThat(notes).hasSize(2);
        assertThat(notes.get(0))
                .matches(
                        "theme \"A\": 1 MB, unpacked in .* s, first loaded in .* s, now loads in .* s, digest [0-9a-f]{64}");
        assertThat(notes.get(1)).isEqualTo("ok: 1 of 1 models are prepared in " + folder.resolve("cache"));
        assertThat(folder.resolve("cache")
                        .resolve(ModelDigest.ofFile(folder.resolve("a.tar.gz")))
                        .resolve("roberta-48/config.cfg"))
                .isRegularFile();

        Path weights = weights();
        FileTime written = Files.getLastModifiedTime(weights);
        assertThat(prepare()).isTrue();
        assertThat(weights()).isEqualTo(weights);
        assertThat(Files.getLastModifiedTime(weights)).isEqualTo(written);
    }

    @Test
    void weights_that_were_damaged_are_packed_again_from_the_archive() throws IOException {
        Files.copy(TRANSFORMERS.resolve("roberta-48.tar.gz"), folder.resolve("a.tar.gz"));
        models("{\"A\": {\"path\": \"a.tar.gz\"}}");
        prepare();
        byte[] sound = Files.readAllBytes(weights());
        byte[] damaged = sound.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(weights(), damaged);

        assertThat(prepare()).isTrue();
        assertThat(Files.readAllBytes(weights())).isEqualTo(sound);
    }

    @Test
    void what_cannot_be_used_has_a_line_and_the_others_are_prepared() throws IOException {
        Files.copy(DemoModels.FOLDER.resolve("care.tar.gz"), folder.resolve("care.tar.gz"));
        Tar.of(folder.resolve("hostile.tar.gz"), "../evil");
        models("{\"Hostile\": {\"path\": \"hostile.tar.gz\"}, \"Care\": {\"path\": \"care.tar.gz\"}}");

        assertThat(prepare()).isFalse();
        assertThat(notes).hasSize(3);
        assertThat(notes.get(0)).startsWith("theme \"Hostile\": ").contains("\"../evil\" leaves");
        assertThat(notes.get(1)).startsWith("theme \"Care\": ");
        assertThat(notes.get(2)).startsWith("not ok: 1 of 2 models are prepared");
    }

    private Path weights() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/weights"))) {
            List<Path> found = files.filter(Files::isRegularFile).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private boolean prepare() {
        notes.clear();
        Progress progress = new Progress() {
            @Override
            public void stage(String name) {}

            @Override
            public void rows(long done, long total) {}

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        ModelCache cache = new ModelCache(folder.resolve("cache"), ArchiveLimits.DEFAULT);
        return new ModelsPrepare(ModelSource.none(), cache, progress).prepare(ModelCatalogue.read(folder));
    }

    private void models(String json) throws IOException {
        Files.writeString(folder.resolve("models.json"), json);
    }
}
