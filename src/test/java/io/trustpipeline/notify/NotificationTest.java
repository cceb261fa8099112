package io.trustpipeline.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NotificationTest {
    private static final Instant AT = Instant.parse("2026-02-03T12:00:00Z");

    static Notification notification(String subject, @Nullable String recipient) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", "nightly-17");
        fields.put("up_id", 9001);
        fields.put("rows", Map.of("scored", 3));
        fields.put("failed_shards", List.of());
        fields.put("cause", null);
        return new Notification(
                "nightly-17", "COMMITTED", AT, subject, "Scored 3 comments.\nAll is well.", fields, recipient);
    }

    @Test
    void the_json_keeps_the_order_and_types_of_the_fields() throws Exception {
        Notification notification = notification("Done", null);

        assertThat(new ObjectMapper().readTree(notification.json()).toString())
                .isEqualTo("{\"run_id\":\"nightly-17\",\"up_id\":9001,\"rows\":{\"scored\":3},"
                        + "\"failed_shards\":[],\"cause\":null}");
    }

    @Test
    void the_text_is_the_summary_and_a_line_a_field() {
        assertThat(notification("Done", null).text()).isEqualTo("""
                        Scored 3 comments.
                        All is well.

                        run_id: nightly-17
                        up_id: 9001
                        rows: {"scored":3}
                        failed_shards: []
                        cause: null
                        """);
    }

    @Test
    void subscribers_can_filter_on_run_status_and_recipient() {
        assertThat(notification("Done", "ana@example.org").attributes())
                .isEqualTo(Map.of("run_id", "nightly-17", "status", "COMMITTED", "notify_email", "ana@example.org"));
        assertThat(notification("Done", null).attributes()).doesNotContainKey("notify_email");
    }

    @Test
    void a_subject_is_one_line_whatever_is_put_in() {
        assertThat(notification("Run\r\nBcc: eve@example.org\u2028x\u0000 \t y ", null)
                        .subject())
                .isEqualTo("Run Bcc: eve@example.org x y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ana",
                "ana@example.org, eve@example.org",
                "ana@example.org\r\nBcc: eve@example.org",
                "Ana <ana@example.org>",
                "ana @example.org",
                "änä@example.org",
                "@example.org"
            })
    void a_recipient_is_one_plain_address(String recipient) {
        assertThatThrownBy(() -> notification("Done", recipient))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not an e-mail address: ")
                .message()
                .doesNotContain("\n", "\r");
    }

    @Test
    void a_run_id_cannot_leave_the_folder() {
        for (String runId : Arrays.asList("../x", "", ".x", "a/b", "a\nb", "x".repeat(81))) {
            assertThatThrownBy(() -> new Notification(runId, "COMMITTED", AT, "s", "t", Map.of(), null))
                    .hasMessageStartingWith("Not a run id: ");
        }
    }
}
