package io.trustpipeline.ops;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a stage goes, from what it did since it began: rows that an earlier attempt had done are no merit of this one.
 *
 * @param begun when the stage was first told of
 * @param before rows that were done then
 */
record Pace(Instant begun, long before) {

    double seconds(Instant now) {
        return Duration.between(begun, now).toMillis() / 1000.0;
    }

    /** 0 as long as nothing can be said. */
    double rowsPerSecond(long done, Instant now) {
        double seconds = seconds(now);
        return seconds > 0 ? Math.max(0, done - before) / seconds : 0;
    }

    /** Seconds that the rest takes at this pace; negative as long as nothing can be said. */
    double secondsLeft(long done, long total, Instant now) {
        double perSecond = rowsPerSecond(done, now);
        return perSecond > 0 ? (total - done) / perSecond : -1;
    }
}
