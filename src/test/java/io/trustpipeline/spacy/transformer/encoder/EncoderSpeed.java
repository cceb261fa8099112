package io.trustpipeline.spacy.transformer.encoder;

import com.sun.management.OperatingSystemMXBean;
import io.trustpipeline.spacy.ProcessMemory;
import io.trustpipeline.spacy.transformer.state.ShimFile;
import io.trustpipeline.spacy.transformer.state.TransformerFile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times an encoder; {@code bench/transformers/compare.py} runs it.
 *
 * <pre>EncoderSpeed MODEL WINDOWS THREADS ROUNDS CACHE [OUT]</pre>
 *
 * MODEL is a {@code transformer/model}, or a folder as Hugging Face saves it; WINDOWS has the piece ids of a window on
 * each line; OUT receives the hidden states, float32. Prints a line of JSON for each round, the first of which warms up.
 */
final class EncoderSpeed {

    /** Windows that a thread takes at a time: those of as many comments as the scorer gives it. */
    private static final int WINDOWS = 32;

    private EncoderSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path model = Path.of(arguments[0]);
        List<int[]> windows = Files.readAllLines(Path.of(arguments[1])).stream()
                .map(line -> Arrays.stream(line.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .toList();
        int threads = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        TransformerFile file = Files.isDirectory(model)
                ? TransformerFile.readFolder(model, true)
                : TransformerFile.read(ShimFile.open(model));
        TransformerEncoder encoder = TransformerEncoder.load(
                EncoderSettings.of(file.config()), file.state(), new WeightCache(Path.of(arguments[4])));
        print("{\"load_s\": %.3f, \"rss_mib\": %d}", seconds(start), ProcessMemory.resident());
        Batches batches = new Batches(windows, encoder);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<EncoderWorker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(encoder.newWorker());
        }
        for (int round = 0; round <= Integer.parseInt(arguments[3]); round++) {
            long cpu = cpu();
            start = System.nanoTime();
            batches.run(pool, workers);
            double seconds = seconds(start);
            double cpuSeconds = (cpu() - cpu) / 1e9;
            print(
                    "{\"round\": %d, \"pieces\": %d, \"pieces_per_s\": %.1f, \"pieces_per_cpu_s\": %.1f,"
                            + " \"rss_mib\": %d, \"peak_mib\": %d}",
                    round,
                    batches.pieces,
                    batches.pieces / seconds,
                    batches.pieces / cpuSeconds,
                    ProcessMemory.resident(),
                    ProcessMemory.peak());
        }
        pool.shutdown();
        if (arguments.length > 5) {
            batches.save(Path.of(arguments[5]), encoder);
        }
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    /** Processor time of the whole JVM, which other processes on the machine disturb less than the time of day. */
    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static final class Batches {

        private final List<int[]> ids = new ArrayList<>();
        private final List<int[]> lengths = new ArrayList<>();
        private final List<float[]> out = new ArrayList<>();
        private int pieces;

        Batches(List<int[]> windows, TransformerEncoder encoder) {
            for (int from = 0; from < windows.size(); from += WINDOWS) {
                List<int[]> batch = windows.subList(from, Math.min(from + WINDOWS, windows.size()));
                int[] all = batch.stream().flatMapToInt(Arrays::stream).toArray();
                ids.add(all);
                lengths.add(batch.stream().mapToInt(window -> window.length).toArray());
                out.add(new float[all.length * encoder.stride()]);
                pieces += all.length;
            }
        }

        void run(ExecutorService pool, List<EncoderWorker> workers) throws Exception {
            AtomicInteger next = new AtomicInteger();
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (EncoderWorker worker : workers) {
                tasks.add(() -> {
                    int done = 0;
                    for (int i = next.getAndIncrement(); i < ids.size(); i = next.getAndIncrement()) {
                        worker.encode(ids.get(i), lengths.get(i), lengths.get(i).length, out.get(i));
                        done++;
                    }
                    return done;
                });
            }
            for (Future<Integer> done : pool.invokeAll(tasks)) {
                done.get();
            }
        }

        void save(Path file, TransformerEncoder encoder) throws IOException {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer row =
                        ByteBuffer.allocate(encoder.width() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (float[] states : out) {
                    for (int at = 0; at < states.length; at += encoder.stride()) {
                        row.clear();
                        row.asFloatBuffer().put(states, at, encoder.width());
                        while (row.hasRemaining()) {
                            channel.write(row);
                        }
                    }
                }
            }
        }
    }
}
