package io.trustpipeline.cli;

import io.trustpipeline.report.FoundSpan;
import io.trustpipeline.run.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code spans}: looks at what runs found. */
@Command(
        name = "spans",
        description = "Looks at the spans of a run.",
        subcommands = {SpansCommand.Show.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class SpansCommand {

    /** {@code spans show RUN}: spans in their sentences. */
    @Command(
            name = "show",
            description = "Shows the spans of a run in their sentences, comment by comment.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Show implements Callable<Integer> {
        private static final int MOST = 1_000_000;

        @Parameters(paramLabel = "RUN", description = "a run id")
        private String runId = "";

        @Option(names = "--theme", paramLabel = "NAME", description = "of this theme alone")
        private @Nullable String theme;

        @Option(names = "--key", paramLabel = "KEY", description = "of the comment with this comment_unique_key alone")
        private @Nullable String key;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "20",
                description = "so many spans; ${DEFAULT-VALUE} if left out")
        private int limit = 20;

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() throws SQLException {
            Console console = Console.standard();
            int most = Math.max(1, Math.min(MOST, limit));
            try (StoreReading reading = StoreReading.open(place.settings())) {
                List<FoundSpan> spans = reading.spans(reading.committed(runId), theme, key, most);
                SpanLines lines = new SpanLines(console.terminal());
                spans.forEach(span -> lines.of(span).forEach(console::line));
                if (spans.isEmpty()) {
                    console.line("no such span in run " + runId);
                } else if (spans.size() == most) {
                    console.line("… --limit N shows more than " + most);
                }
            }
            return ExitCode.DONE.status();
        }
    }
}
