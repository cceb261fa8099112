package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code features serve}: lookups over HTTP. */
@Command(
        name = "serve",
        description =
                "Answers GET /features/CUSTOMER?as_of=YYYY-MM-DD as JSON until it is stopped; anybody who reaches the"
                        + " port may ask.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(FeaturesServeCommand.class);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "where to listen; ${DEFAULT-VALUE} if left out")
    private String host = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "where to listen; ${DEFAULT-VALUE} if left out")
    private int port = 8080;

    @Mixin
    private FeatureTableOption table = new FeatureTableOption();

    @Override
    public Integer call() throws Exception {
        Settings settings = table.settings();
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        try (FeatureTable features = FeatureTables.openForReading(settings);
                FeatureService service = FeatureService.start(features, host, port, settings.management())) {
            Console.standard().line("answering at http://" + host + ":" + port + "/features/CUSTOMER");
            while (!Shutdown.SIGNAL.await(Duration.ofHours(1))) {
                LOG.info("still answering");
            }
        }
        return ExitCode.DONE.status();
    }
}
