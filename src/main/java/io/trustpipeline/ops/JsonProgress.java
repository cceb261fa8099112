package io.trustpipeline.ops;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.Progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Progress for programs: one JSON object a line. {@code event} is {@code stage} (one begins), {@code rows} (at most one a
 * second, and one at the end) or {@code note} (a line that people would read).
 */
public final class JsonProgress implements Progress {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final PrintStream out;
    private final Clock clock;
    private String stage = "";
    private Pace pace = new Pace(Instant.EPOCH, 0);
    private Instant told = Instant.EPOCH;
    private boolean counted;

    public JsonProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void stage(String name) {
        stage = name;
        pace = new Pace(clock.instant(), 0);
        told = Instant.EPOCH;
        counted = false;
        tell(event("stage").put("stage", name));
    }

    @Override
    public synchronized void rows(long done, long total) {
        Instant now = clock.instant();
        if (!counted) {
            counted = true;
            pace = new Pace(pace.begun(), done < total ? done : 0);
        }
        if (total > 0 && (done >= total || Duration.between(told, now).compareTo(BETWEEN) >= 0)) {
            told = now;
            ObjectNode event =
                    event("rows").put("stage", stage).put("done", done).put("total", total);
            event.put("percent", done * 100 / total).put("seconds", pace.seconds(now));
            event.put("rows_per_second", Math.round(pace.rowsPerSecond(done, now)));
            double left = pace.secondsLeft(done, total, now);
            if (left >= 0) {
                event.put("seconds_left", Math.round(left));
            }
            tell(event);
        }
    }

    @Override
    public synchronized void note(String line) {
        tell(event("note").put("text", line));
    }

    private ObjectNode event(String name) {
        return JSON.createObjectNode()
                .put("event", name)
                .put("at", clock.instant().toString());
    }

    private void tell(ObjectNode event) {
        out.println(event);
    }
}
