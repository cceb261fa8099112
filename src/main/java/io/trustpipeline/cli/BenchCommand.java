package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.CommentColumns;
import io.trustpipeline.score.LoadMode;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.ScoringMode;
import io.trustpipeline.score.ScoringSpeed;
import io.trustpipeline.score.ThemeModels;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.RecordBatch;
import io.trustpipeline.table.TableConverter;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code bench …}: how fast the program is on this machine. */
@Command(
        name = "bench",
        description = "Measures how fast this machine is.",
        subcommands = {BenchCommand.Score.class, BenchFeaturesCommand.class, BenchTranscriptsCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class BenchCommand {

    /** {@code bench score}: a file's comments, scored again and again. */
    @Command(
            name = "score",
            description = "Scores a file several times, keeping nothing of its texts in between; prints medians.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Score implements Callable<Integer> {
        private static final int BATCH_ROWS = 1024;

        @Option(names = "--models", required = true, paramLabel = "DIR", description = "a models folder, or one model")
        private Path models = Path.of("");

        @Option(
                names = "--in",
                required = true,
                paramLabel = "FILE",
                description = "Parquet, CSV or JSON lines with a column cleaned_comment")
        private Path in = Path.of("");

        @Option(names = "--threads", paramLabel = "N", description = "threads that score; one a processor if left out")
        private @Nullable Integer threads;

        @Option(
                names = "--passes",
                paramLabel = "N",
                defaultValue = "5",
                description =
                        "how often the file is measured, after three passes to warm up; ${DEFAULT-VALUE} if left out")
        private int passes = 5;

        @Option(names = "--json", description = "one line of JSON")
        private boolean json;

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() throws IOException {
            Console console = Console.standard();
            Settings settings =
                    place.settings(threads == null ? Map.of() : Map.of("trust.models.threads", threads.toString()));
            List<String> comments = comments(settings.run().home().resolve("work"));
            try (ThemeModels loaded = ThemeModels.load(
                    ModelFolders.local(models).requireSound(),
                    ModelSource.none(),
                    LoadedModels.cache(settings),
                    ScoringMode.RAW,
                    LoadMode.ALL,
                    Progress.SILENT)) {
                ScoringSpeed.Result measured =
                        new ScoringSpeed(loaded, settings.models().threads(), Math.max(1, passes)).measure(comments);
                Map<String, Object> figures =
                        figures(measured, settings.models().threads());
                if (json) {
                    console.line(new ObjectMapper().writeValueAsString(figures));
                } else {
                    figures.forEach((name, value) -> console.line("%-24s %s".formatted(name, value)));
                }
            }
            return ExitCode.DONE.status();
        }

        private List<String> comments(Path work) throws IOException {
            Path scratch = work.resolve("bench-" + ProcessHandle.current().pid());
            Files.createDirectories(scratch);
            Path copy = scratch.resolve("in.parquet");
            try {
                Path table = new TableConverter(DuckDb.Limits.standard(scratch.resolve("spill"))).asParquet(in, copy);
                List<String> comments = new ArrayList<>();
                try (ParquetRows rows = ParquetRows.open(table, BATCH_ROWS)) {
                    CommentColumns columns = CommentColumns.of(in.toString(), rows.schema());
                    for (RecordBatch batch : rows) {
                        for (Group row : batch.rows()) {
                            String text = columns.comment(0, row, Set.of()).text();
                            if (text != null && !text.isEmpty()) {
                                comments.add(text);
                            }
                        }
                    }
                }
                return comments;
            } finally {
                Files.deleteIfExists(copy);
                Files.deleteIfExists(scratch.resolve("spill"));
                Files.deleteIfExists(scratch);
            }
        }

        private static Map<String, Object> figures(ScoringSpeed.Result measured, int threads) throws IOException {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("tokens_per_second", Math.round(measured.tokensPerSecond()));
            figures.put("comments_per_second", rounded(measured.commentsPerSecond()));
            figures.put("cold_tokens_per_second", Math.round(measured.coldTokensPerSecond()));
            figures.put("peak_rss_bytes", peakRss());
            figures.put("gflops", rounded(measured.gflops()));
            figures.put("roof_gflops", rounded(measured.rooflineGflops()));
            figures.put("lexeme_cache_hit_rate", measured.lexemeCacheHitRate());
            figures.put("context_cache_hit_rate", measured.contextCacheHitRate());
            figures.put("comments", measured.comments());
            figures.put("identical_comments", measured.identicalComments());
            figures.put("tokens", measured.tokens());
            figures.put("threads", threads);
            return figures;
        }

        private static double rounded(double value) {
            return Math.round(value * 10) / 10.0;
        }

        /** The most memory that this process ever had, as Linux counts it; 0 where that is not known. */
        private static long peakRss() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.isReadable(status)) {
                return 0;
            }
            try (Stream<String> lines = Files.lines(status)) {
                return lines.filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .findFirst()
                        .orElse(0);
            }
        }
    }
}
