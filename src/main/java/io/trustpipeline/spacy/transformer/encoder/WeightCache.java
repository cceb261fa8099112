package io.trustpipeline.spacy.transformer.encoder;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * A folder of weights in the order in which the kernels read them, one file for each archive, named by its digest. A
 * file is written once, under another name until it is whole, and memory-mapped by every JVM that uses it.
 *
 * @param folder created when absent; null to keep weights in memory outside the heap only
 */
public record WeightCache(@Nullable Path folder) {

    /** No cache: weights are packed anew at each load. */
    public static WeightCache none() {
        return new WeightCache(null);
    }
}
