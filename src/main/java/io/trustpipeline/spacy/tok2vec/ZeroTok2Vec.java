package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TensorCard;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.PackedWeights;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** The tensor that a listener sees when nothing before it in the pipeline has set one: zeros. */
public record ZeroTok2Vec(int width, int stride) implements Tok2Vec {

    /** Zeros of the width that the listener expects. */
    public static ZeroTok2Vec of(Kernels kernels, int width) {
        return new ZeroTok2Vec(width, PackedWeights.stride(kernels, width));
    }

    @Override
    public @Nullable TensorCard card() {
        return null;
    }

    @Override
    public Encoder newEncoder() {
        return (Doc doc, int from, int to, float[] out, int o0) -> Arrays.fill(out, o0, o0 + (to - from) * stride, 0);
    }
}
