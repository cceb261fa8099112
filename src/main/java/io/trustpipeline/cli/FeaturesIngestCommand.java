package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.FeatureSource;
import io.trustpipeline.features.Ingest;
import io.trustpipeline.features.Ingested;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code features ingest}: rows from elsewhere into the store. */
@Command(
        name = "ingest",
        description =
                "Takes the first rows of a Parquet file into the store, into the partition of the month they are of.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesIngestCommand implements Callable<Integer> {
    @Option(
            names = "--source",
            required = true,
            paramLabel = "URL|FILE",
            description = "a Parquet file, here or on the web")
    private String source = "";

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "200000",
            description = "how many, in the order of the file; ${DEFAULT-VALUE} if left out")
    private int rows = 200_000;

    @Mixin
    private DefinitionsOption definitions = new DefinitionsOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws IOException {
        Settings settings = place.settings();
        Path scratch = Files.createDirectories(settings.run()
                .home()
                .resolve("work/ingest-" + ProcessHandle.current().pid()));
        try (OpenStore store = OpenStore.forWriting(settings, FeaturesApplication.PREFIX)) {
            Ingested taken = new Ingest(store.objects(), definitions.read(), scratch)
                    .take(FeatureSource.local(source, scratch), source, rows);
            Console.standard()
                    .line("%,d of %,d rows in s3://%s/%s, SHA-256 %s"
                            .formatted(
                                    taken.rows(),
                                    taken.sourceRows(),
                                    store.objects().bucket(),
                                    taken.key(),
                                    taken.sha256()));
        } finally {
            new Workspace(scratch).clear();
        }
        return ExitCode.DONE.status();
    }
}
