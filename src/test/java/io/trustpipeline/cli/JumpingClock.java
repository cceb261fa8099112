package io.trustpipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The program with a clock that jumps when a file appears: {@code CLOCK_JUMP_FILE}, {@code CLOCK_JUMP_HOURS}. */
final class JumpingClock {
    private JumpingClock() {}

    public static void main(String[] arguments) {
        Path file = Path.of(System.getenv("CLOCK_JUMP_FILE"));
        Duration jump = Duration.ofHours(Long.parseLong(System.getenv("CLOCK_JUMP_HOURS")));
        InstantSource jumping = () -> Files.exists(file) ? Instant.now().plus(jump) : Instant.now();
        Clock clock = jumping.withZone(ZoneOffset.UTC);
        new WiredProgram(clock, (settings, beans) -> beans).main(arguments);
    }
}
