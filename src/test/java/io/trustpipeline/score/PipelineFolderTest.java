package io.trustpipeline.score;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class PipelineFolderTest {
    @TempDir
    Path root;

    @Test
    void model_last_comes_before_model_best_and_both_before_any_other() throws IOException {
        config("aaa");
        assertThat(PipelineFolder.of(root)).contains(root.resolve("aaa"));
        config("model-best");
        assertThat(PipelineFolder.of(root)).contains(root.resolve("model-best"));
        config("model-last");
        assertThat(PipelineFolder.of(root)).contains(root.resolve("model-last"));
    }

    @Test
    void otherwise_the_first_folder_with_a_config_is_it_in_the_order_of_names_inner_folders_first() throws IOException {
        config("b");
        config("a/z/deep");
        config("a/y");
        assertThat(PipelineFolder.of(root)).contains(root.resolve("a/y"));

        config("a");
        assertThat(PipelineFolder.of(root)).contains(root.resolve("a"));
        config("");
        assertThat(PipelineFolder.of(root)).contains(root);
    }

    @Test
    void a_preferred_folder_without_a_config_is_not_passed_over_in_silence() throws IOException {
        config("model-best");
        Files.createDirectory(root.resolve("model-last"));

        assertThat(PipelineFolder.of(root)).contains(root.resolve("model-last"));
    }

    @Test
    void links_are_not_followed_and_nothing_found_is_nothing() throws IOException {
        Files.createDirectory(root.resolve("inner"));
        Files.createSymbolicLink(root.resolve("inner/loop"), root);

        assertThat(PipelineFolder.of(root)).isEmpty();
    }

    private void config(String folder) throws IOException {
        Files.createDirectories(root.resolve(folder));
        Files.writeString(root.resolve(folder).resolve("config.cfg"), "");
    }
}
