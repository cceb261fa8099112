package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The day that features are for: said, or the day for which a scheduler started the program, or today, in UTC. */
final class RunDateOption {
    static final String VARIABLE = "SCHEDULED_TIME";

    @Option(
            names = {"--date", "--run-date"},
            paramLabel = "YYYY-MM-DD",
            description = "the run date; that of " + VARIABLE + ", else today in UTC, if left out")
    private @Nullable String date;

    @Nullable
    String given() {
        return date;
    }

    /** @throws PipelineException REQUEST_REFUSED for what is no day; nothing malformed ever becomes today */
    LocalDate date(Map<String, String> environment, Clock clock) {
        if (date != null) {
            return parse("--date", date, "a day as YYYY-MM-DD, such as 2019-06-15", LocalDate::parse);
        }
        String scheduled = environment.get(VARIABLE);
        if (scheduled == null || scheduled.isEmpty()) {
            return LocalDate.now(clock.withZone(ZoneOffset.UTC));
        }
        return parse(
                VARIABLE,
                scheduled,
                "an instant such as 2026-02-04T01:23:45Z",
                text -> LocalDate.ofInstant(Instant.parse(text), ZoneOffset.UTC));
    }

    @FunctionalInterface
    private interface Parser {
        LocalDate parse(String text);
    }

    private static LocalDate parse(String name, String text, String right, Parser parser) {
        try {
            return parser.parse(text);
        } catch (DateTimeException e) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    name + ": \"" + text.replaceAll("\\p{Cntrl}", " ") + "\" is not " + right,
                    e);
        }
    }
}
