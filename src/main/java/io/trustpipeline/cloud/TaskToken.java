package io.trustpipeline.cloud;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The thread by which Step Functions waits for this process: heartbeats while it works, then one report. A report that
 * comes too late, because another attempt has taken over, is dropped: what counts stands in the store. Does not own the
 * client.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token">Wait for
 *     a callback with a task token</a>
 */
public final class TaskToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskToken.class);

    /** What Step Functions takes. */
    private static final int LONGEST_CAUSE = 32_768;

    private final SfnClient client;
    private final String token;
    private final Runnable abandoned;
    private final ScheduledExecutorService heart;

    /**
     * Begins to send heartbeats, the first at once.
     *
     * @param interval between two heartbeats; well below the state's {@code HeartbeatSeconds}
     * @param abandoned run when nobody waits for this task any more, so that it need not go on
     */
    public TaskToken(SfnClient client, String token, Duration interval, Runnable abandoned) {
        this.client = client;
        this.token = token;
        this.abandoned = abandoned;
        this.heart = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        heart.scheduleWithFixedDelay(this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            client.sendTaskHeartbeat(beat -> beat.taskToken(token));
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException gone) {
            LOG.warn("nobody waits for this task any more: {}", gone.getMessage());
            heart.shutdown();
            abandoned.run();
        } catch (SdkException unanswered) {
            LOG.warn("a heartbeat was not taken; the next may be: {}", unanswered.getMessage());
        }
    }

    /**
     * The work is done.
     *
     * @param output JSON, at most 262,144 bytes
     * @throws SdkException when Step Functions does not answer
     */
    public void succeed(String output) {
        report(() -> client.sendTaskSuccess(success -> success.taskToken(token).output(output)));
    }

    /**
     * The work could not be done.
     *
     * @param error a name that {@code Retry} and {@code Catch} know
     * @throws SdkException when Step Functions does not answer
     */
    public void fail(String error, String cause) {
        String shown = cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE);
        report(() -> client.sendTaskFailure(
                failure -> failure.taskToken(token).error(error).cause(shown)));
    }

    private void report(Runnable send) {
        try {
            send.run();
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException gone) {
            LOG.warn("the report came too late: {}", gone.getMessage());
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
