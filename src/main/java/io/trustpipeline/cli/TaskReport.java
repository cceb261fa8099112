package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cloud.TaskToken;
import io.trustpipeline.run.ExitCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How a task says what became of its work: to Step Functions when it was given a token, else on standard output. In both
 * cases the exit code says it too.
 *
 * @param token null when nobody waits by one
 */
record TaskReport(@Nullable String token, String region) {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    static TaskReport environment() {
        Map<String, String> environment = System.getenv();
        return new TaskReport(environment.get("TASK_TOKEN"), environment.getOrDefault("AWS_REGION", "us-east-2"));
    }

    /** Does the work and reports it. @return the exit status */
    int of(Callable<?> work) {
        if (token == null || token.isBlank()) {
            return printed(work);
        }
        try (SfnClient client = client();
                TaskToken waiting = new TaskToken(client, token, HEARTBEAT, Shutdown.SIGNAL::stop)) {
            try {
                waiting.succeed(json(work.call()));
                return ExitCode.DONE.status();
            } catch (Exception e) {
                Failure failure = failed(e);
                waiting.fail(failure.exitCode().errorName(), cause(failure));
                return failure.exitCode().status();
            }
        } catch (SdkException unanswered) {
            // Without a report Step Functions hears no heartbeat any more and tries the task again, which finds its
            // work done.
            return failed(unanswered).exitCode().status();
        }
    }

    private static int printed(Callable<?> work) {
        try {
            Console.standard().line(json(work.call()));
            return ExitCode.DONE.status();
        } catch (Exception e) {
            return failed(e).exitCode().status();
        }
    }

    private static String json(Object report) throws JsonProcessingException {
        return JSON.writeValueAsString(report);
    }

    private static Failure failed(Exception thrown) {
        Failure failure = Failure.of(thrown);
        failure.print(new PrintWriter(System.err, true));
        return failure;
    }

    /** One line, which ends by how to go on. */
    private static String cause(Failure failure) {
        String goOn =
                switch (failure.exitCode()) {
                    case REQUEST_REFUSED, USAGE -> "Start again with a request that is right.";
                    case DATA_REFUSED, CONFIGURATION ->
                        "Mend that, then redrive the execution or send the same request again: it goes on where it stopped.";
                    case UNAVAILABLE, STOPPED, LIMIT_REACHED, DEFECT, DONE ->
                        "Redrive the execution or send the same request again: it goes on where it stopped.";
                };
        return failure.message().strip().replaceAll("\\s*\\R\\s*", "; ") + ". " + goOn;
    }

    private SfnClient client() {
        return SfnClient.builder()
                .region(Region.of(region))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
