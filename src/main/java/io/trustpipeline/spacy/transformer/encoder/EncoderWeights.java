package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.encoder.EncoderPlan.LayerPlan;
import io.trustpipeline.spacy.transformer.encoder.EncoderPlan.LinearPlan;
import io.trustpipeline.spacy.transformer.encoder.EncoderPlan.NormPlan;
import io.trustpipeline.spacy.transformer.encoder.Section.Table;
import org.jspecify.annotations.Nullable;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * The weights of an encoder, ready for the kernels. What is large stays in mapped memory. Immutable.
 *
 * @param words a row for each piece
 * @param positions a row for each position, with token type 0 added
 * @param projection from the embeddings' width to that of the hidden states, if they differ
 * @param distances MPNet's bias for each head and distance of two pieces, if there is one
 */
@SuppressWarnings("ArrayRecordComponent")
record EncoderWeights(
        FloatBuffer words,
        float[] positions,
        Norm norm,
        @Nullable Linear projection,
        @Nullable DistanceBias distances,
        List<LayerWeights> layers) {

    /** One layer: attention, then a feed-forward block, each added to what went in, and normalised. */
    record LayerWeights(
            Linear queryKeyValue,
            Linear attention,
            Norm attentionNorm,
            Linear expansion,
            Linear contraction,
            Norm norm) {}

    static EncoderWeights of(EncoderSettings settings, EncoderPlan plan, PackedWeights packed) {
        float[] positions = packed.array(plan.positions());
        Table types = plan.types();
        if (types != null) {
            float[] type = packed.array(types);
            for (int i = 0; i < positions.length; i++) {
                positions[i] += type[i % types.width()];
            }
        }
        LinearPlan projection = plan.projection();
        Table buckets = plan.buckets();
        return new EncoderWeights(
                packed.floats(plan.words()),
                positions,
                norm(plan.norm(), packed),
                projection == null ? null : linear(projection, packed),
                buckets == null ? null : DistanceBias.of(packed.array(buckets), settings),
                plan.layers().stream().map(layer -> layer(layer, packed)).toList());
    }

    private static LayerWeights layer(LayerPlan plan, PackedWeights packed) {
        return new LayerWeights(
                linear(plan.queryKeyValue(), packed),
                linear(plan.attention(), packed),
                norm(plan.attentionNorm(), packed),
                linear(plan.expansion(), packed),
                linear(plan.contraction(), packed),
                norm(plan.norm(), packed));
    }

    private static Linear linear(LinearPlan plan, PackedWeights packed) {
        return new Linear(plan.weights().layout(), packed.floats(plan.weights()), packed.array(plan.bias()));
    }

    private static Norm norm(NormPlan plan, PackedWeights packed) {
        return new Norm(packed.array(plan.gain()), packed.array(plan.bias()));
    }
}
