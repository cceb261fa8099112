package io.trustpipeline.credits.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.util.http.SlackHttpClient;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Calls of Slack's Web API: rate limits are waited out, passing trouble is tried again, a changed token is seen. */
final class SlackCalls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlackCalls.class);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;
    private static final long LONGEST_WAIT_SECONDS = 120;
    private static final Set<String> TOKEN_ERRORS =
            Set.of("invalid_auth", "not_authed", "token_expired", "token_revoked", "account_inactive");
    private static final Set<String> PASSING_ERRORS =
            Set.of("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

    private final Slack slack;
    private final Supplier<String> secret;
    private final Attempts attempts;
    private @Nullable MethodsClient client;

    @FunctionalInterface
    interface Call<T extends SlackApiTextResponse> {
        T by(MethodsClient client) throws IOException, SlackApiException;
    }

    SlackCalls(URI api, Supplier<String> secret, Attempts attempts) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api.toString());
        // Left to itself, the client would send a post again whose answer got lost.
        OkHttpClient http = SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .retryOnConnectionFailure(false)
                .build();
        this.slack = Slack.getInstance(config, new SlackHttpClient(http));
        this.secret = secret;
        this.attempts = attempts;
    }

    /** A call that changes nothing, or may be made twice. */
    <T extends SlackApiTextResponse> T reading(String method, Call<T> call) {
        return calling(method, call, true, "").orElseThrow();
    }

    /** A call that changes nothing. @return empty when Slack answers with the error that says that there is no such thing */
    <T extends SlackApiTextResponse> Optional<T> finding(String method, String absent, Call<T> call) {
        return calling(method, call, true, absent);
    }

    /** A call that must not be made again after an answer got lost; what Slack answered to is known not to be done. */
    <T extends SlackApiTextResponse> T writing(String method, Call<T> call) {
        return calling(method, call, false, "").orElseThrow();
    }

    private <T extends SlackApiTextResponse> Optional<T> calling(
            String method, Call<T> call, boolean again, String absent) {
        boolean refreshed = false;
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            try {
                T response = call.by(client());
                if (response.isOk()) {
                    return Optional.of(response);
                }
                String error = Objects.requireNonNullElse(response.getError(), "unknown");
                if (error.equals(absent)) {
                    return Optional.empty();
                }
                if (TOKEN_ERRORS.contains(error) && !refreshed) {
                    refreshed = true;
                    client = null;
                    continue;
                }
                if (!PASSING_ERRORS.contains(error) || attempts.isLast(attempt)) {
                    throw refused(method, error);
                }
                wait = attempts.pauseAfter(attempt);
            } catch (SlackApiException failed) {
                int status = failed.getResponse().code();
                boolean passing = status == TOO_MANY || status >= SERVER_ERRORS && again;
                if (!passing || attempts.isLast(attempt)) {
                    throw new PipelineException(
                            ExitCode.UNAVAILABLE, "Slack answers " + method + " with " + status, failed);
                }
                wait = status == TOO_MANY
                        ? retryAfter(failed.getResponse().header("Retry-After"))
                        : attempts.pauseAfter(attempt);
            } catch (IOException failed) {
                if (!again || attempts.isLast(attempt)) {
                    throw new PipelineException(
                            ExitCode.UNAVAILABLE,
                            "Slack does not answer " + method + ": "
                                    + failed.getClass().getSimpleName(),
                            failed);
                }
                wait = attempts.pauseAfter(attempt);
            }
            LOG.info("Slack, {}: again in {} ms", method, wait.toMillis());
            Attempts.waitFor(wait);
        }
    }

    private MethodsClient client() {
        if (client == null) {
            client = slack.methods(secret.get());
        }
        return client;
    }

    private static PipelineException refused(String method, String error) {
        ExitCode exitCode = PASSING_ERRORS.contains(error) ? ExitCode.UNAVAILABLE : ExitCode.CONFIGURATION;
        return new PipelineException(exitCode, "Slack refuses " + method + ": " + error);
    }

    private static Duration retryAfter(@Nullable String header) {
        try {
            return Duration.ofSeconds(Math.min(LONGEST_WAIT_SECONDS, Long.parseLong(String.valueOf(header))));
        } catch (NumberFormatException none) {
            return Duration.ofSeconds(1);
        }
    }

    @Override
    public void close() throws Exception {
        slack.close();
    }
}
