package io.trustpipeline.run;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records that hold JSON, and nothing that a run can go on with: found by fuzzing. */
class RunObjectsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"objects\": null}",
                "{\"objects\": [null]}",
                "{\"objects\": [{\"key\": \"k\", \"sha256\": \"../../etc/passwd\"}]}",
                "{\"objects\": [{\"key\": null, \"sha256\": \""
                        + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}]}"
            })
    void a_record_that_lacks_what_it_is_for_is_refused_by_its_key(String json) {
        assertThatThrownBy(() ->
                        RunObjects.parse(json.getBytes(StandardCharsets.UTF_8), Export.class, "runs/r/export.json"))
                .isInstanceOf(PipelineException.class)
                .hasMessage("runs/r/export.json: is not a Export of this program; restore it, or use a new run_id");
    }
}
