package io.trustpipeline.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PipelineExceptionTest {
    @Test
    void a_message_forges_no_line_moves_no_cursor_and_quotes_no_whole_file() {
        String message = "file: \u001b[2Jvalue\rnext\u2028line\n" + "&a ".repeat(50_000) + "\nlast";

        PipelineException refused = new PipelineException(ExitCode.CONFIGURATION, message);

        assertThat(refused.getMessage().lines()).hasSize(3).allMatch(line -> line.length() <= 1_501);
        assertThat(refused)
                .hasMessageStartingWith("file: ?[2Jvalue?next?line\n&a ")
                .hasMessageEndingWith("…\nlast");
    }
}
