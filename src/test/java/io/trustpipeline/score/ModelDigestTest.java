package io.trustpipeline.score;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class ModelDigestTest {
    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void writeModel() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        Files.createDirectories(model.resolve("spancat"));
        Files.writeString(model.resolve("config.cfg"), "[nlp]");
        Files.writeString(model.resolve("spancat/model"), "weights");
    }

    @Test
    void a_folder_and_its_archive_have_the_same_digest_whatever_the_archive_calls_it() throws IOException {
        Path archive = Tar.ofFolder(folder.resolve("a.tar.gz"), model, "./some/model-best/");
        Path unpacked = new ModelCache(folder.resolve("cache"), ArchiveLimits.DEFAULT).unpacked(archive);

        assertThat(ModelDigest.ofPipeline(PipelineFolder.of(unpacked).orElseThrow()))
                .isEqualTo(ModelDigest.ofPipeline(model))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void any_change_of_a_path_or_a_byte_changes_the_digest() throws IOException {
        String before = ModelDigest.ofPipeline(model);

        Files.writeString(model.resolve("spancat/model"), "Weights");
        String otherByte = ModelDigest.ofPipeline(model);
        Files.writeString(model.resolve("spancat/model"), "weights");
        Files.move(model.resolve("spancat"), model.resolve("spancau"));
        String otherPath = ModelDigest.ofPipeline(model);
        Files.move(model.resolve("spancau"), model.resolve("spancat"));
        Files.createFile(model.resolve("empty"));
        String otherFile = ModelDigest.ofPipeline(model);
        Files.delete(model.resolve("empty"));

        assertThat(new String[] {before, otherByte, otherPath, otherFile}).doesNotHaveDuplicates();
        assertThat(ModelDigest.ofPipeline(model)).isEqualTo(before);
    }

    @Test
    void content_cannot_pass_for_a_path() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        Files.writeString(one.resolve("a"), "bc");
        Path two = Files.createDirectory(folder.resolve("two"));
        Files.writeString(two.resolve("ab"), "c");

        assertThat(ModelDigest.ofPipeline(one)).isNotEqualTo(ModelDigest.ofPipeline(two));
    }
}
