package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.Tok2VecCard;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Layer;
import io.trustpipeline.spacy.nn.LayerNorm;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.PackedWeights;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.text.Vectors;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recognises spaCy's tok2vec networks in a thinc tree: {@code Tok2Vec} of {@code MultiHashEmbed} and
 * {@code MaxoutWindowEncoder}, {@code HashEmbedCNN}, the listener that takes what an earlier component computed, and
 * transformers with the pooling of their pieces.
 *
 * <pre>
 *   extract_features >> (hashembed | … | hashembed [| static_vectors]) >> maxout >> layernorm
 *     >> with_array(residual(expand_window >> maxout >> layernorm) >> …)
 * </pre>
 */
public final class Tok2VecReader {

    private static final String LISTENER = "tok2vec-listener";
    private static final String TRANSFORMER_LISTENER = "transformer-listener";
    private static final String TRANSFORMER = "transformer";

    private final String where;
    private final Kernels kernels;
    private final @Nullable Vectors vectors;
    private final Transformers transformers;

    /**
     * A reader.
     *
     * @param where the file that the networks come from, for errors
     * @param vectors the vocabulary's word vectors, if it has any
     * @param transformers that the networks may hear or hold
     */
    public Tok2VecReader(String where, Kernels kernels, @Nullable Vectors vectors, Transformers transformers) {
        this.where = where;
        this.kernels = kernels;
        this.vectors = vectors;
        this.transformers = transformers;
    }

    /**
     * The tok2vec at the next steps of a network.
     *
     * @param heard what a listener hears: the last tok2vec that runs before, or null for none
     * @throws ModelException when the network is none of those known
     */
    public Tok2Vec read(Steps steps, @Nullable Tok2Vec heard) {
        if (steps.at(TRANSFORMER_LISTENER)) {
            Layer listener = steps.take(TRANSFORMER_LISTENER);
            return transformers.heard(listener, reduction(steps));
        }
        if (steps.at(Layer.CURATED_LISTENER)) {
            Layer listener = steps.take(Layer.CURATED_LISTENER);
            Layer pooling = listener.children().get(0);
            return transformers.heard(
                    listener,
                    pooling.children().isEmpty()
                            ? pooling.type()
                            : pooling.children().get(0).type());
        }
        if (steps.at(TRANSFORMER)) {
            Layer transformer = steps.take(TRANSFORMER);
            steps.take("split-trf-batch");
            return transformers.own(transformer, reduction(steps));
        }
        if (!steps.at(LISTENER)) {
            return read(steps);
        }
        Layer listener = steps.take(LISTENER);
        int width = listener.dimension("nO");
        if (heard == null) {
            return ZeroTok2Vec.of(kernels, width);
        }
        if (heard.width() != width) {
            throw listener.corrupt(
                    "expects rows of " + width + " numbers, the tok2vec before it makes " + heard.width());
        }
        return heard;
    }

    /** The layer that makes one row of a token's pieces. */
    private static String reduction(Steps steps) {
        return steps.take(Layer.POOLING).children().get(0).type();
    }

    private EmbedEncode read(Steps steps) {
        boolean hasVectors = steps.at(Layer.CONCATENATE);
        Layer sides = hasVectors ? steps.take(Layer.CONCATENATE) : null;
        Steps tokens = sides == null ? steps : sides.side(0);
        List<Attribute> columns = tokens.take("extract_features").attributes("columns");
        List<HashEmbed> tables = tables(tokens.take("with_array"), columns.size());
        StaticVectors staticVectors = null;
        if (sides != null) {
            tokens.end();
            Steps vectorSide = sides.side(1);
            staticVectors = staticVectors(vectorSide.take("static_vectors"));
            vectorSide.end();
        }
        Steps mixing = steps.take("with_array").inside();
        Layer maxout = mixing.take("maxout");
        MaxoutParameters mix = maxout.maxout();
        int inputs =
                tables.stream().mapToInt(HashEmbed::width).sum() + (staticVectors == null ? 0 : staticVectors.width());
        if (mix.inputs() != inputs) {
            throw maxout.corrupt("has " + mix.inputs() + " inputs, the embedding before it " + inputs + " outputs");
        }
        int width = mix.outputs();
        Maxout mixLayer = new Maxout(kernels, mix, mixing.take("layernorm").layerNorm(width), 1);
        mixing.end();
        int stride = PackedWeights.stride(kernels, width);
        Embed embed = new Embed(columns, tables, staticVectors, mixLayer, stride);
        Convolutions convolutions = convolutions(steps.take("with_array"), width);
        Tok2VecCard card = new Tok2VecCard(columns, hasVectors, width, convolutions.depth(), convolutions.window);
        return new EmbedEncode(embed, convolutions.first, convolutions.others, convolutions.window, stride, card);
    }

    private List<HashEmbed> tables(Layer embeddings, int columns) {
        List<HashEmbed> tables = new ArrayList<>();
        Steps steps = embeddings.inside();
        if (steps.at(Layer.CONCATENATE)) {
            Layer sides = steps.take(Layer.CONCATENATE);
            for (int i = 0; i < sides.children().size(); i++) {
                Steps side = sides.side(i);
                tables.add(table(side.take("hashembed"), columns));
                side.end();
            }
        } else {
            tables.add(table(steps.take("hashembed"), columns));
        }
        steps.end();
        return tables;
    }

    private HashEmbed table(Layer layer, int columns) {
        int[] shape = layer.shape("E");
        if (shape.length != 2 || shape[0] * shape[1] == 0) {
            throw layer.corrupt("E has shape " + Arrays.toString(shape) + ", expected rows, width");
        }
        int column = layer.settings().find("column") == null ? 0 : layer.integer("column");
        if (column < 0 || column >= columns) {
            throw layer.corrupt("embeds column " + column + " of " + columns);
        }
        return new HashEmbed(column, layer.integer("seed"), layer.array("E", shape), shape[0], shape[1]);
    }

    private StaticVectors staticVectors(Layer layer) {
        if (vectors == null) {
            throw layer.corrupt("the vocabulary has no vectors");
        }
        int width = layer.dimension("nO");
        return new StaticVectors(kernels, vectors, layer.array("W", width, vectors.width()), width);
    }

    private record Convolutions(@Nullable FirstConvolution first, List<Maxout> others, int window) {

        int depth() {
            return first == null ? 0 : 1 + others.size();
        }
    }

    private Convolutions convolutions(Layer encode, int width) {
        Steps steps = encode.inside();
        FirstConvolution first = null;
        List<Maxout> others = new ArrayList<>();
        int window = 0;
        while (steps.at("residual")) {
            Steps convolution = steps.take("residual").inside();
            Layer expand = convolution.take("expand_window");
            int size = expand.integer("window_size");
            if (size < 0 || (first != null && size != window)) {
                throw expand.unsupported("window_size " + size + " after a layer of " + window);
            }
            window = size;
            Layer maxout = convolution.take("maxout");
            MaxoutParameters parameters = maxout.maxout();
            if (parameters.outputs() != width || parameters.inputs() != (2 * window + 1) * width) {
                throw maxout.corrupt("goes from " + parameters.inputs() + " to " + parameters.outputs()
                        + " numbers, expected from " + (2 * window + 1) * width + " to " + width);
            }
            LayerNorm norm = convolution.take("layernorm").layerNorm(width);
            if (first == null) {
                first = new FirstConvolution(kernels, parameters, norm, window);
            } else {
                others.add(new Maxout(kernels, parameters, norm, 2 * window + 1));
            }
            convolution.end();
        }
        steps.end();
        Convolutions convolutions = new Convolutions(first, others, window);
        int pad = encode.integer("pad");
        if (pad < convolutions.depth() * window) {
            throw encode.unsupported(
                    "pad " + pad + " is less than the receptive field " + convolutions.depth() * window);
        }
        return convolutions;
    }
}
