package io.trustpipeline.spacy.nn;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How fast this machine multiplies matrices when the kernel has nothing else to do: what the engine could come to at best. */
public final class KernelRoof {

    private static final int WIDTH = 96;
    private static final int PIECES = 3;
    private static final int ROWS = 252;
    private static final int ROUNDS = 7;
    private static final int CALLS = 150;

    private KernelRoof() {}

    /** The best of several rounds, in 10^9 floating point operations a second, of all threads together. */
    public static double gflops(int threads) {
        double[] best = new double[threads];
        Thread[] workers = IntStream.range(0, threads)
                .mapToObj(thread -> new Thread(() -> best[thread] = best(), "roof-" + thread))
                .toArray(Thread[]::new);
        for (Thread worker : workers) {
            worker.start();
        }
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return DoubleStream.of(best).sum();
    }

    /** A convolution of width 96 over 252 tokens, as in spaCy's usual tok2vec. */
    private static double best() {
        int inputs = PIECES * WIDTH;
        MaxoutParameters layer = new MaxoutParameters(
                new float[WIDTH * PIECES * inputs], new float[WIDTH * PIECES], WIDTH, PIECES, inputs);
        PackedWeights weights = PackedWeights.pack(Kernels.preferred(), layer, 0, PIECES, WIDTH);
        float[] x = new float[(ROWS + 2) * WIDTH];
        int[] rows = new int[ROWS];
        Arrays.setAll(rows, row -> row * WIDTH);
        float[] out = new float[Kernels.TILE_ROWS * weights.groupColumns()];
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                for (int group = 0; group < weights.groups(); group++) {
                    for (int row = 0; row < ROWS; row += Kernels.TILE_ROWS) {
                        weights.multiply(group, x, rows, row, Kernels.TILE_ROWS, out, 0);
                    }
                }
            }
            double operations = 2.0 * CALLS * ROWS * inputs * WIDTH * PIECES;
            best = Math.max(best, operations / (System.nanoTime() - start));
        }
        return best;
    }
}
