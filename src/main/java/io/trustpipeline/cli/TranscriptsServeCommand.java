package io.trustpipeline.cli;

import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.api.ApiServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.Callable;

/** {@code transcripts serve}: works on messages, and serves the HTTP interface, until somebody asks for a stop. */
@Command(
        name = "serve",
        description = "Scores what is asked for, and serves the HTTP interface and its page.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(TranscriptsServeCommand.class);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "where the HTTP interface listens; ${DEFAULT-VALUE} if left out. Other than a loopback address"
                            + " only behind a proxy that ends TLS")
    private String host = "";

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        Settings settings = options.settings();
        String key = settings.transcripts()
                .tokenKey()
                .map(Secret::reveal)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.transcripts.token-key: missing; right is the key by which tokens are signed, or a reference"
                                + " to it"));
        try (TranscriptsApplication application = TranscriptsApplication.start(settings, true);
                TranscriptsApi api = TranscriptsApi.of(application, settings);
                ApiServer server = ApiServer.start(host, settings.transcripts().port(), key, api.operations())) {
            Console.standard().line("http://" + host + ":" + server.port() + "/");
            while (!Shutdown.SIGNAL.await(Duration.ofHours(1))) {
                LOG.info("still serving");
            }
        }
        return ExitCode.DONE.status();
    }
}
