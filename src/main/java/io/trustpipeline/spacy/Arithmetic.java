package io.trustpipeline.spacy;

import io.trustpipeline.spacy.nn.KernelRoof;
import io.trustpipeline.spacy.nn.PackedWeights;

/** What the engine computes and what it could, in floating point operations. */
public final class Arithmetic {

    private Arithmetic() {}

    /** Operations of all matrix products since the JVM started, a multiplication and an addition each. */
    public static long operations() {
        return PackedWeights.operations();
    }

    /** 10^9 operations a second that the bare kernel comes to here, on as many threads; takes a second or two. */
    public static double roofGflops(int threads) {
        return KernelRoof.gflops(threads);
    }
}
