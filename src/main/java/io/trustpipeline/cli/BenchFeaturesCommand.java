package io.trustpipeline.cli;

import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.FeatureComputation;
import io.trustpipeline.features.InputFiles;
import io.trustpipeline.features.Scope;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.table.DuckDb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code bench features}: the compute stage of features, again and again in one process. */
@Command(
        name = "features",
        description = "Computes the features of whole files several times; prints the seconds of the first time and the"
                + " median of the others.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BenchFeaturesCommand implements Callable<Integer> {
    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE|PREFIX",
            description = "Parquet: a file, a folder, a prefix or a pattern")
    private String in = "";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "how often after the first time; ${DEFAULT-VALUE} if left out")
    private int rounds = 10;

    @Mixin
    private DefinitionsOption definitions = new DefinitionsOption();

    @Override
    public Integer call() throws IOException {
        Definitions wanted = definitions.read();
        List<Path> files = InputFiles.of(in);
        Path scratch = Files.createTempDirectory("bench-features");
        try {
            FeatureComputation computation =
                    new FeatureComputation(wanted, DuckDb.Limits.standard(scratch.resolve("spill")));
            Scope scope = new Scope(LocalDate.EPOCH, Scope.Mode.FILE, null);
            Path out = scratch.resolve("features.parquet");
            double first = computation.compute(files, scope, out).seconds();
            double[] others = new double[Math.max(1, rounds)];
            for (int round = 0; round < others.length; round++) {
                others[round] = computation.compute(files, scope, out).seconds();
            }
            Arrays.sort(others);
            Console.standard()
                    .line("first %.4f s, median of %d more %.4f s"
                            .formatted(first, others.length, others[others.length / 2]));
        } finally {
            new Workspace(scratch).clear();
        }
        return ExitCode.DONE.status();
    }
}
