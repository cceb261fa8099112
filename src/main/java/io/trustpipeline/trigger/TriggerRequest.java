package io.trustpipeline.trigger;

import io.trustpipeline.run.RequestFields;
import org.apache.commons.codec.digest.DigestUtils;

import java.time.LocalDate;
import java.time.ZoneId;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Which run a trigger asks for. It depends on the trigger alone, not on who reads it or when, so that whatever happens
 * twice gives one run: a file without {@code run_id} asks for the run of its name and content on the day it was dropped.
 * The same file dropped again on another day asks for another run.
 */
record TriggerRequest(Trigger trigger, String content) {
    private static final int LONGEST_STEM = 40;
    private static final int DIGEST_DIGITS = 12;

    /** The request, with a run id in any case. */
    RequestFields complete(RequestFields written, ZoneId zone) {
        if (written.runId() != null) {
            return written;
        }
        LocalDate day = trigger.dropped().atZone(zone).toLocalDate();
        LocalDate runDate = written.runDate() != null ? written.runDate() : day;
        String digest = DigestUtils.sha256Hex((trigger.name() + "\n" + day + "\n" + content).getBytes(UTF_8))
                .substring(0, DIGEST_DIGITS);
        return written.of(runDate, stem() + "-" + digest);
    }

    /** The file's name as far as a run id can hold it. */
    private String stem() {
        String allowed = trigger.stem().replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[^A-Za-z0-9]+", "");
        String stem = allowed.isEmpty() ? "trigger" : allowed;
        return stem.length() <= LONGEST_STEM ? stem : stem.substring(0, LONGEST_STEM);
    }
}
