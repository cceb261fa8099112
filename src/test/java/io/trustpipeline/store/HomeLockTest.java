package io.trustpipeline.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HomeLockTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-03T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path home;

    /** Takes the home given and keeps it until it is killed, or says why it could not. */
    static final class OtherProcess {
        public static void main(String[] args) throws InterruptedException {
            try {
                HomeLock.acquire(Path.of(args[0]), NOON);
                System.out.println("held");
                Thread.sleep(60_000);
            } catch (StoreException refused) {
                System.out.println(refused.kind() + " " + refused.getMessage());
            }
        }
    }

    @Test
    void another_process_is_told_who_holds_the_home_and_since_when() throws IOException {
        try (HomeLock lock = HomeLock.acquire(home, NOON)) {
            assertThat(lock.home()).isEqualTo(home.toRealPath());
            assertThat(answerOf(otherProcess()))
                    .isEqualTo("UNAVAILABLE The folder %s is in use by process %d since 2026-02-03T12:00:00Z"
                            .formatted(
                                    home.toRealPath(), ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_second_attempt_in_this_process_is_refused_and_does_not_lose_the_first() throws IOException {
        try (HomeLock lock = HomeLock.acquire(home, NOON)) {
            assertThatThrownBy(() -> HomeLock.acquire(home, NOON)).hasMessageContaining("is in use by process");

            assertThat(answerOf(otherProcess())).startsWith("UNAVAILABLE");
        }
    }

    @Test
    void a_home_is_free_again_after_its_holder_closes_it_or_is_killed() throws Exception {
        HomeLock.acquire(home, NOON).close();
        Process other = otherProcess();
        assertThat(answerOf(other)).isEqualTo("held");
        assertThatThrownBy(() -> HomeLock.acquire(home, NOON)).hasMessageContaining("process " + other.pid());

        other.destroyForcibly().waitFor();

        HomeLock.acquire(home, NOON).close();
    }

    private Process otherProcess() throws IOException {
        return ChildJvm.start(OtherProcess.class, home.toString());
    }

    private static String answerOf(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        return lines.readLine();
    }
}
