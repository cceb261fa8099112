package io.trustpipeline.cli;

import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.TranscriptSettings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.api.ApiServer;
import io.trustpipeline.transcripts.api.TokenKeys;
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
        TokenKeys keys = keys(settings.transcripts());
        try (TranscriptsApplication application = TranscriptsApplication.start(settings, true);
                TranscriptsApi api = TranscriptsApi.of(application, settings);
                ApiServer server = ApiServer.start(
                        host,
                        settings.transcripts().port(),
                        keys,
                        settings.transcripts().requestsAMinute(),
                        api.operations())) {
            Console.standard().line("http://" + host + ":" + server.port() + "/");
            while (!Shutdown.SIGNAL.await(Duration.ofHours(1))) {
                LOG.info("still serving");
            }
        }
        return ExitCode.DONE.status();
    }

    private static TokenKeys keys(TranscriptSettings settings) {
        if (settings.tokenKeys().isPresent()) {
            return TokenKeys.Published.of(
                    settings.tokenKeys().get(),
                    settings.tokenIssuer().orElseThrow(() -> missing("issuer", "who makes tokens (iss)")),
                    settings.tokenAudience().orElseThrow(() -> missing("audience", "whom tokens are for (aud)")));
        }
        return new TokenKeys.Shared(settings.tokenKey()
                .map(Secret::reveal)
                .orElseThrow(() -> missing(
                        "key",
                        "the key by which tokens are signed, or a reference to it; or trust.transcripts.token-keys, where an"
                                + " identity provider publishes its keys")));
    }

    private static PipelineException missing(String what, String right) {
        return new PipelineException(
                ExitCode.CONFIGURATION, "trust.transcripts.token-" + what + ": missing; right is " + right);
    }
}
