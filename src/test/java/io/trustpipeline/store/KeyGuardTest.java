package io.trustpipeline.store;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyGuardTest {
    private final KeyGuard guard = new KeyGuard("data", "trust_scoring/");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trust_scoring/scored/run_id=nightly-17/part.parquet",
                "trust_scoring/raw/run_date=2026-02-03/run_id=a..b/batch_0000_part_00.parquet",
                "trust_scoring/ünïcode/❤"
            })
    void ordinary_keys_pass(String key) {
        assertThat(guard.writable(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trust_scoring",
                "trust_scoring/",
                "/trust_scoring/x",
                "trust_scoringx/y",
                "other/x",
                "trust_scoring/../x",
                "trust_scoring/a/..",
                "trust_scoring/./x",
                "trust_scoring//x",
                "trust_scoring/x/",
                "trust_scoring/a\nb",
                "trust_scoring/a\u0000b",
                "trust_scoring/a\u0085b",
                "trust_scoring/a\u2028b",
                "trust_scoring/a\u202eb",
                "trust_scoring/a\\..\\b",
                "trust_scoring/a\ud800b"
            })
    void keys_that_leave_the_prefix_or_cannot_be_read_are_refused(String key) {
        assertThatThrownBy(() -> guard.writable(key))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Refused to write s3://data/")
                .message()
                .doesNotContain("\n", "\u0000", "\u0085", "\u2028", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024 - 14, 1024 - 13})
    void a_key_has_at_most_1024_bytes(int letters) {
        String key = "trust_scoring/" + "é".repeat(letters / 2);
        int bytes = 14 + letters / 2 * 2;

        assertThat(bytes).isLessThanOrEqualTo(1024);
        assertThat(guard.writable(key)).isEqualTo(key);
        assertThatThrownBy(() -> guard.writable(key + "é".repeat(2))).hasMessageContaining("1024 bytes");
    }

    @Property
    void no_key_that_passes_is_a_path_outside(@ForAll @StringLength(max = 40) String end) {
        String key = "trust_scoring/" + end;
        try {
            guard.writable(key);
        } catch (StoreException refused) {
            return;
        }
        Path root = Path.of("/bucket");
        Path path = root.resolve(key).normalize();
        assertThat(path).startsWithRaw(root.resolve("trust_scoring"));
        assertThat(root.relativize(path).toString()).isEqualTo(key);
    }
}
