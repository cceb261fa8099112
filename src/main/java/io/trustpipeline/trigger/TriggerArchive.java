package io.trustpipeline.trigger;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Where triggers go: {@code done/} or {@code failed/}, the file as it was and beside it {@code ….result.json} with what
 * became of it. The file is deleted from the inbox last, so that a kill between the steps repeats them and loses nothing.
 */
final class TriggerArchive {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerArchive.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final String prefix;
    private final Clock clock;

    TriggerArchive(ObjectStore store, String prefix, Clock clock) {
        this.store = store;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** Whether a trigger of this name can be moved; one that cannot is left alone, so that it does not hold up others. */
    boolean canKeep(String name) {
        try {
            store.requireWritable(prefix + "failed/" + name + "-" + SECOND.format(Instant.EPOCH) + ".result.json");
            return true;
        } catch (StoreException refused) {
            LOG.warn("a trigger is left alone: {}", refused.getMessage());
            return false;
        }
    }

    void done(Delivery delivery, String message) {
        move(delivery, "done/", ExitCode.DONE, message);
        LOG.info("trigger {} done", delivery.name());
    }

    void failed(Delivery delivery, ExitCode exitCode, String reason) {
        move(delivery, "failed/", exitCode, reason);
        LOG.error("trigger {} failed, {}: {}", delivery.name(), exitCode, reason);
    }

    private void move(Delivery delivery, String folder, ExitCode exitCode, String message) {
        Trigger trigger = delivery.trigger();
        String name = prefix + folder + trigger.stem() + "-" + SECOND.format(trigger.dropped());
        store.putIfAbsent(name + ".result.json", result(delivery, exitCode, message));
        store.putIfAbsent(name + TriggerInbox.SUFFIX, delivery.content().getBytes(UTF_8));
        if (store.head(trigger.key()).filter(trigger::is).isPresent()) {
            store.delete(trigger.key(), trigger.etag());
        }
    }

    private byte[] result(Delivery delivery, ExitCode exitCode, String message) {
        ObjectNode result = JSON.createObjectNode();
        result.put("trigger", delivery.name());
        try {
            result.put("run_id", delivery.request().runId());
        } catch (PipelineException refused) {
            result.putNull("run_id");
        }
        result.put("outcome", exitCode.name());
        result.put("message", message);
        result.put("tries", delivery.tries());
        result.put("ended_at", clock.instant().toString());
        try {
            return JSON.writeValueAsBytes(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
