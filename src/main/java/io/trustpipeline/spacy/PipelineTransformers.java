package io.trustpipeline.spacy;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Layer;
import io.trustpipeline.spacy.nn.PackedWeights;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.tok2vec.Transformers;
import io.trustpipeline.spacy.transformer.Pooling;
import io.trustpipeline.spacy.transformer.SharedTransformer;
import io.trustpipeline.spacy.transformer.Transformer;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The transformers of a pipeline while it is read. All that listen to one, with one pooling, get the same tensor. */
final class PipelineTransformers {

    private final Kernels kernels;
    private final Map<Pooling, Tok2Vec> pooled = new EnumMap<>(Pooling.class);
    private @Nullable SharedTransformer shared;

    PipelineTransformers(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Takes the transformer component that runs now: what later components hear. */
    void share(SharedTransformer transformer) {
        shared = transformer;
        pooled.clear();
    }

    /** What a component's network may ask for. */
    Transformers of(@Nullable Transformer own) {
        return new Transformers() {
            @Override
            public Tok2Vec heard(Layer listener, String reduction) {
                SharedTransformer heard = shared;
                if (heard == null) {
                    throw listener.unsupported("listens to a transformer, and none runs before");
                }
                return pooled.computeIfAbsent(pooling(listener, reduction), pooling -> tensor(heard, pooling));
            }

            @Override
            public Tok2Vec own(Layer layer, String reduction) {
                if (own == null) {
                    throw layer.unsupported("is a transformer where config.cfg names none");
                }
                return tensor(own, pooling(layer, reduction));
            }
        };
    }

    private Tok2Vec tensor(SharedTransformer transformer, Pooling pooling) {
        return transformer.tensor(pooling, PackedWeights.stride(kernels, transformer.width()));
    }

    private static Pooling pooling(Layer layer, String reduction) {
        return Arrays.stream(Pooling.values())
                .filter(pooling -> pooling.layer().equals(reduction))
                .findFirst()
                .orElseThrow(() -> layer.unsupported("pooling '" + reduction + "' is not supported"));
    }
}
