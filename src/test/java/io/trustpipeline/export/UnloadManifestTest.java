package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lists of UNLOAD that are not to be trusted; what a real one says is read in {@link RedshiftWarehouseTest}. */
class UnloadManifestTest {
    private static final String PREFIX = "trust_scoring/raw/batch_";
    private static final String OBJECT = PREFIX + "0000_part_00.parquet";

    private final ObjectStore store = new ObjectStore(new MemoryS3(), "data-bucket", "trust_scoring/");

    @Test
    void one_that_names_an_object_of_somebody_else_is_refused() {
        put("manifest", "{\"entries\":[{\"url\":\"s3://other-bucket/" + OBJECT + "\"}]}");
        assertRefused("which is not below s3://data-bucket/" + PREFIX);
    }

    @Test
    void one_whose_object_is_gone_or_of_another_size_is_refused() {
        put(
                "manifest",
                "{\"entries\":[{\"url\":\"s3://data-bucket/" + OBJECT + "\",\"meta\":{\"content_length\":3}}]}");
        assertRefused("names " + OBJECT + ", which is not there");
        put("0000_part_00.parquet", "four");
        assertRefused("says " + OBJECT + " has 3 bytes but it has 4");
    }

    @Test
    void one_that_is_missing_or_is_no_list_is_refused() {
        assertRefused("is not there though the warehouse said that it unloaded");
        put("manifest", "<xml/>");
        assertRefused("is not UNLOAD's");
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> UnloadManifest.read(store, PREFIX))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageStartingWith(PREFIX + "manifest: ")
                .hasMessageContaining(reason);
    }

    private void put(String name, String text) {
        store.putIfAbsent(PREFIX + name, text.getBytes(StandardCharsets.UTF_8));
    }
}
