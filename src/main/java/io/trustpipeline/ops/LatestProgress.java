package io.trustpipeline.ops;

import io.trustpipeline.run.Progress;

import java.time.Clock;

/** Remembers how far the work is, for whoever asks, and passes it on. */
public final class LatestProgress implements Progress {
    private final Progress next;
    private final Clock clock;
    private Latest latest;
    private Pace pace;

    public LatestProgress(Progress next, Clock clock) {
        this.next = next;
        this.clock = clock;
        this.latest = new Latest("", 0, 0, 0, -1);
        this.pace = new Pace(clock.instant(), 0);
    }

    /**
     * How far the work is.
     *
     * @param stage the last that began; empty before the first
     * @param total 0 where rows are not counted
     * @param secondsLeft negative where nothing can be said
     */
    public record Latest(String stage, long done, long total, double rowsPerSecond, double secondsLeft) {}

    public synchronized Latest latest() {
        return latest;
    }

    /** Nothing is under way any more. */
    public synchronized void idle() {
        latest = new Latest("", 0, 0, 0, -1);
    }

    @Override
    public void stage(String name) {
        synchronized (this) {
            pace = new Pace(clock.instant(), 0);
            latest = new Latest(name, 0, 0, 0, -1);
        }
        next.stage(name);
    }

    @Override
    public void rows(long done, long total) {
        synchronized (this) {
            if (latest.total() == 0) {
                pace = new Pace(pace.begun(), done < total ? done : 0);
            }
            latest = new Latest(
                    latest.stage(),
                    done,
                    total,
                    pace.rowsPerSecond(done, clock.instant()),
                    pace.secondsLeft(done, total, clock.instant()));
        }
        next.rows(done, total);
    }

    @Override
    public void note(String line) {
        next.note(line);
    }
}
