package io.trustpipeline.ops;

import io.trustpipeline.run.Progress;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Progress for people: on a terminal a bar that is drawn over itself, elsewhere a plain line at each stage and at every
 * tenth of its rows.
 */
public final class ConsoleProgress implements Progress {
    private static final int BAR_WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream out;
    private final boolean terminal;
    private final Clock clock;
    private String stage = "";
    private Instant begun = Instant.EPOCH;
    private Instant drawn = Instant.EPOCH;
    private long tenth;
    private boolean barOpen;

    public ConsoleProgress(PrintStream out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public synchronized void stage(String name) {
        closeBar();
        stage = name;
        begun = clock.instant();
        drawn = Instant.EPOCH;
        tenth = 0;
        if (!terminal) {
            out.println(name);
        }
    }

    @Override
    public synchronized void rows(long done, long total) {
        if (total <= 0) {
            return;
        }
        Instant now = clock.instant();
        if (terminal) {
            if (done >= total || Duration.between(drawn, now).compareTo(REDRAW) >= 0) {
                drawn = now;
                barOpen = true;
                out.print("\r" + bar(done, total) + " " + line(done, total, now) + "\u001b[K");
                out.flush();
            }
            if (done >= total) {
                closeBar();
            }
        } else if (done * 10 / total > tenth) {
            tenth = done * 10 / total;
            out.println(line(done, total, now));
        }
    }

    @Override
    public synchronized void note(String line) {
        closeBar();
        out.println(line);
    }

    private void closeBar() {
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
        double seconds = Duration.between(begun, now).toMillis() / 1000.0;
        double perSecond = seconds > 0 ? done / seconds : 0;
        String left = done >= total
                ? "%.1f s".formatted(seconds)
                : perSecond > 0 ? "%.0f s left".formatted((total - done) / perSecond) : "";
        return String.format(
                Locale.ROOT,
                "%s %3d %% %,d of %,d rows, %,.0f rows/s, %s",
                stage,
                done * 100 / total,
                done,
                total,
                perSecond,
                left);
    }
}
