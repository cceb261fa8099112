package io.trustpipeline.fuzz;

import io.trustpipeline.config.ConfigurationException;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.table.TableException;
import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives a reader damaged inputs for a while. It must read each, or refuse it in lines that people can read, with an error
 * of ours that is not called a defect; in bounded time, stack and memory.
 */
final class Fuzzer {
    /** Of the processor for one input, and of the clock, which on a busy machine runs on without the reader. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(300);
    private static final int LONGEST_LINE = 2_000;
    /** Whatever the time: some readers load whole models. */
    private static final int LEAST_INPUTS = 40;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Target target;
    private final long seed;
    private final AtomicLong began = new AtomicLong();
    private final AtomicLong beganProcessor = new AtomicLong();
    private volatile byte[] input = {};
    private volatile @Nullable Throwable finding;
    private int read;
    private int refused;

    Fuzzer(Target target, long seed) {
        this.target = target;
        this.seed = seed;
    }

    /** How long each reader is tried: {@code -Dfuzz.seconds}. */
    static Duration duration() {
        return Duration.ofMillis((long) (1000 * Double.parseDouble(System.getProperty("fuzz.seconds", "1"))));
    }

    /** The same inputs at every run, so that what fails a build came with a change; {@code -Dfuzz.seed} looks at others. */
    static long seed() {
        return Long.getLong("fuzz.seed", 1);
    }

    /** Runs until the time is over; what is found is an error that names the input's file. */
    String run(Duration duration) throws Exception {
        for (byte[] sound : target.sound()) {
            target.reader().read(sound);
        }
        long end = System.nanoTime() + duration.toNanos();
        Thread worker = new Thread(null, () -> tryUntil(end), "fuzz " + target.name(), 512 << 10);
        worker.setDaemon(true);
        began.set(System.nanoTime());
        worker.start();
        while (worker.isAlive()) {
            worker.join(200);
            if (worker.isAlive() && takesTooLong(worker)) {
                IllegalStateException slow =
                        new IllegalStateException("is not read after " + LONGEST.toSeconds() + " s of the processor");
                slow.setStackTrace(worker.getStackTrace());
                finding = slow;
                break;
            }
        }
        Throwable found = finding;
        if (found != null) {
            Path file = Path.of("target", "fuzz-" + target.name().replaceAll("[^a-z0-9]+", "-") + ".bin");
            Files.write(file, input);
            throw new AssertionError(target.name() + ", seed " + seed + ", input in " + file, found);
        }
        return "%s: %d read, %d refused".formatted(target.name(), read, refused);
    }

    /** How many inputs were refused. */
    int refused() {
        return refused;
    }

    private boolean takesTooLong(Thread worker) {
        long began = beganProcessor.get();
        long processor = THREADS.getThreadCpuTime(worker.getId());
        return (processor >= 0 && processor - began > LONGEST.toNanos())
                || System.nanoTime() - this.began.get() > LONGEST_WAIT.toNanos();
    }

    private void tryUntil(long end) {
        Damage damage = new Damage(target.sound(), target.words(), new Random(seed));
        while ((System.nanoTime() < end || read + refused < LEAST_INPUTS) && finding == null) {
            input = damage.next();
            beganProcessor.set(THREADS.getCurrentThreadCpuTime());
            began.set(System.nanoTime());
            try {
                target.reader().read(input);
                read++;
            } catch (Throwable thrown) {
                refused++;
                if (!isRefusal(thrown)) {
                    finding = thrown;
                }
            }
        }
    }

    private static boolean isRefusal(Throwable thrown) {
        boolean ours = thrown instanceof ModelException
                || thrown instanceof TableException
                || thrown instanceof ConfigurationException
                || (thrown instanceof PipelineException known && known.exitCode() != ExitCode.DEFECT);
        String message = thrown.getMessage();
        return ours
                && message != null
                && message.lines().allMatch(line -> !line.isBlank() && line.length() <= LONGEST_LINE)
                && message.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c));
    }
}
