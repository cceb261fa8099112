package io.trustpipeline.cli;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Polls killed with SIGKILL between what they say and the note that it was said; {@link CrashMatrixTest} kills everywhere. */
@Tag("slow")
class CreditsCrashTest {
    @TempDir
    static Path folder;

    private static CreditsCrash polls;
    private static Object uninterrupted;

    @BeforeAll
    static void poll_once_without_a_kill() throws Exception {
        polls = CreditsCrash.over(folder);
        uninterrupted = CrashTrial.uninterrupted(polls);
    }

    @Test
    void every_message_comes_to_its_end_and_nobody_is_told_twice() {
        CreditsCrash.Ended ended = (CreditsCrash.Ended) uninterrupted;
        assertThat(ended.replies())
                .containsEntry("answered", List.of("Approved, $7253.76, exceptions"))
                .hasEntrySatisfying(
                        "without a link",
                        replies ->
                                assertThat(replies).singleElement().asString().contains("Please add"))
                .containsEntry("large", List.of())
                .containsEntry("refused", List.of())
                .containsEntry("of another product", List.of());
        assertThat(ended.told()).hasSize(2);
        assertThat(ended.told().get(0)).startsWith("Credit request failed\nmessage refused");
        assertThat(ended.told().get(1)).startsWith("Credit request held for approval\nmessage large");
        assertThat(ended.objects().keySet().stream().filter(key -> key.contains("/audit/")))
                .as("one for each but the one that waits for its link")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AFTER_CREDIT_REPLY", "AFTER_CREDIT_REMINDER", "AFTER_CREDIT_TOLD"})
    void a_poll_killed_before_it_notes_what_it_said_does_not_say_it_again(String place) throws Exception {
        CrashTrial trial = new CrashTrial(polls, "once", List.of(new Kill.At(place)), true);
        assertThat(trial.run(uninterrupted).difference()).isNull();
    }
}
