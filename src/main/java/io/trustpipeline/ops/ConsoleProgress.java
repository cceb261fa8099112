package io.trustpipeline.ops;

import io.trustpipeline.run.Progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Progress for people: on a terminal one line a stage, with a bar that is drawn over itself, elsewhere a plain line at
 * each stage and at every tenth of its rows.
 */
public final class ConsoleProgress implements Progress {
    private static final int BAR_WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private String stage = "";
    private Pace pace = new Pace(Instant.EPOCH, 0);
    private Instant drawn = Instant.EPOCH;
    private long tenth;
    private boolean counted;
    private boolean barOpen;

    public ConsoleProgress(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void stage(String name) {
        closeLine();
        stage = name;
        pace = new Pace(clock.instant(), 0);
        drawn = Instant.EPOCH;
        tenth = 0;
        counted = false;
        if (terminal) {
            out.print(name);
            out.flush();
            barOpen = true;
        } else {
            out.println(name);
        }
    }

    @Override
    public synchronized void rows(long done, long total) {
        if (total <= 0) {
            return;
        }
        Instant now = clock.instant();
        if (!counted) {
            counted = true;
            pace = new Pace(pace.begun(), done < total ? done : 0);
        }
        if (terminal) {
            if (done >= total || Duration.between(drawn, now).compareTo(REDRAW) >= 0) {
                drawn = now;
                barOpen = true;
                out.print("\r" + bar(done, total) + " " + line(done, total, now) + "\u001b[K");
                out.flush();
            }
            if (done >= total) {
                closeLine();
            }
        } else if (done * 10 / total > tenth) {
            tenth = done * 10 / total;
            out.println(line(done, total, now));
        }
    }

    @Override
    public synchronized void note(String line) {
        closeLine();
        out.println(line);
    }

    private void closeLine() {
        if (barOpen) {
            out.println();
            barOpen = false;
        }
    }

    private static String bar(long done, long total) {
        int filled = (int) Math.min(BAR_WIDTH, done * BAR_WIDTH / total);
        return "[" + "█".repeat(filled) + "·".repeat(BAR_WIDTH - filled) + "]";
    }

    private String line(long done, long total, Instant now) {
        double left = pace.secondsLeft(done, total, now);
        return String.format(
                Locale.ROOT,
                "%s %3d %% %,d of %,d rows, %,.0f rows/s, %s",
                stage,
                done * 100 / total,
                done,
                total,
                pace.rowsPerSecond(done, now),
                done >= total
                        ? String.format(Locale.ROOT, "%.1f s", pace.seconds(now))
                        : left >= 0 ? String.format(Locale.ROOT, "%.0f s left", left) : "");
    }
}
