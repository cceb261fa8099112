package io.trustpipeline.transcripts.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** So many requests a minute for each caller. Thread-safe. */
final class RateLimit {
    private static final long MOST_CALLERS = 100_000;

    private final int mostAMinute;
    private final Clock clock;
    private final Cache<String, AtomicInteger> counts = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterWrite(Duration.ofMinutes(2))
            .build();

    RateLimit(int mostAMinute, Clock clock) {
        this.mostAMinute = mostAMinute;
        this.clock = clock;
    }

    /** @throws Problem 429 when the caller has had this minute's */
    void count(String caller) {
        String minute = caller + " " + clock.instant().getEpochSecond() / 60;
        if (counts.get(minute, none -> new AtomicInteger()).incrementAndGet() > mostAMinute) {
            throw new Problem(429, "more than " + mostAMinute + " requests in a minute; wait for the next");
        }
    }
}
