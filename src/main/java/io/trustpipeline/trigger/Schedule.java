package io.trustpipeline.trigger;

import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.PutResult;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Leaves a trigger file at the times of a cron expression, as a person would. The file is named after the time, so that
 * several services with the same schedule leave one.
 */
public final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final String prefix;
    private final String request;

    /**
     * @param pipelinePrefix such as {@code trust_scoring/}
     * @param request JSON that the pipeline's schema allows
     */
    public Schedule(ObjectStore store, String pipelinePrefix, String request) {
        this.store = store;
        this.prefix = pipelinePrefix + "triggers/";
        this.request = request;
    }

    /** @param time that was due; the file may be left a little later */
    public void leave(@Header("scheduledFireTime") Date time) {
        String key = prefix + "schedule-" + SECOND.format(time.toInstant()) + TriggerInbox.SUFFIX;
        if (store.putIfAbsent(key, request.getBytes(UTF_8)) instanceof PutResult.Created) {
            LOG.info("the schedule left {}", key);
        }
    }
}
