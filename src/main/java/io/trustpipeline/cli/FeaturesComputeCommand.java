package io.trustpipeline.cli;

import io.trustpipeline.features.Computed;
import io.trustpipeline.features.FeatureComputation;
import io.trustpipeline.features.InputFiles;
import io.trustpipeline.features.Scope;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

/** {@code features compute}: files in, a file out, no store and no table. */
@Command(
        name = "compute",
        description = "Computes the features of a day from Parquet files: a file in, a file out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesComputeCommand implements Callable<Integer> {
    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE|PREFIX",
            description = "Parquet: a file, a folder, a prefix or a pattern")
    private String in = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the features, as Parquet")
    private Path out = Path.of("");

    @Option(
            names = "--mode",
            paramLabel = "day|file",
            defaultValue = "day",
            description = "rows of the run date's windows, or every row of the input; ${DEFAULT-VALUE} if left out")
    private Scope.Mode mode = Scope.Mode.DAY;

    @Mixin
    private RunDateOption date = new RunDateOption();

    @Option(names = "--limit", paramLabel = "N", description = "the first N rows only, by time")
    private @Nullable Integer limit;

    @Mixin
    private DefinitionsOption definitions = new DefinitionsOption();

    @Override
    public Integer call() {
        DuckDb.loadAhead();
        Console console = Console.standard();
        Scope scope = new Scope(date.date(System.getenv(), Clock.systemUTC()), mode, limit);
        DuckDb.Limits limits =
                DuckDb.Limits.standard(out.toAbsolutePath().resolveSibling("." + out.getFileName() + ".spill"));
        Computed computed = new FeatureComputation(definitions.read(), limits).compute(InputFiles.of(in), scope, out);
        print(computed, scope, console);
        console.line("%,d customers in %s, %.3f s".formatted(computed.customers(), out, computed.seconds()));
        return ExitCode.DONE.status();
    }

    static void print(Computed computed, Scope scope, Console console) {
        console.line("%,d rows, %,d of them for %s; without a customer %,d, dropped by checks %,d"
                .formatted(
                        computed.rows(),
                        computed.rowsSeen(),
                        scope.mode() == Scope.Mode.FILE ? "the whole input" : scope.date(),
                        computed.rowsWithoutCustomer(),
                        computed.rowsDropped()));
        computed.checks().forEach((name, rows) -> console.line("%s: %,d rows".formatted(name, rows)));
        if (computed.customers() == 0) {
            console.line("warning: no rows, so no features");
        }
    }
}
