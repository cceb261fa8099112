package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue;
import io.trustpipeline.spacy.nn.Activation;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Layer;
import io.trustpipeline.spacy.nn.Logistic;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.Softmax;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.textcat.Reductions.Reduction;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.tok2vec.Tok2VecReader;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Recognises the networks of textcat in a thinc tree.
 *
 * <pre>
 *   bag of words  with_cpu(extract_ngrams >> sparse_linear) [>> with_cpu(softmax_activation | logistic)]
 *   reductions    tok2vec >> (reduce_mean | …) >> output
 *   attention     tok2vec >> para-attn >> reduce_sum >> residual(maxout >> layernorm) >> output
 *   ensemble      (bag of words | attention without output) >> output
 *   output        softmax, or linear >> logistic
 * </pre>
 */
public final class TextNetworkReader {

    private static final String BAG_OF_WORDS = "with_cpu";
    private static final String RESIZABLE = "resizable";

    private final Kernels kernels;
    private final Tok2VecReader tok2vecs;
    private final @Nullable Tok2Vec heard;

    /**
     * A reader for one component.
     *
     * @param tok2vecs reads the tok2vec inside
     * @param heard the last tok2vec that runs before, if any
     */
    public TextNetworkReader(Kernels kernels, Tok2VecReader tok2vecs, @Nullable Tok2Vec heard) {
        this.kernels = kernels;
        this.tok2vecs = tok2vecs;
        this.heard = heard;
    }

    /**
     * A text categorizer.
     *
     * @throws ModelException when the network is another, or does not fit the labels
     */
    public TextCategorizer textCategorizer(Steps network, List<String> labels) {
        if (network.at(BAG_OF_WORDS)) {
            BagOfWords words = bagOfWords(network, labels.size());
            network.end();
            return new TextCategorizer(labels, List.of(words), null);
        }
        List<DocumentLayer> layers;
        if (network.atSidesOf(BAG_OF_WORDS)) {
            Layer sides = network.take(Layer.CONCATENATE);
            Steps words = sides.side(0);
            Steps tensor = sides.side(1);
            layers = List.of(bagOfWords(words, labels.size()), document(tensor));
            words.end();
            tensor.end();
        } else {
            layers = List.of(document(network));
        }
        int inputs = layers.stream().mapToInt(DocumentLayer::width).sum();
        OutputLayer output = output(network, labels.size(), inputs);
        network.end();
        return new TextCategorizer(labels, layers, output);
    }

    private static BagOfWords bagOfWords(Steps network, int labels) {
        Steps counting = network.take(BAG_OF_WORDS).inside();
        Layer ngrams = counting.take("extract_ngrams");
        int size = ngrams.integer("ngram_size");
        if (size < 1) {
            throw ngrams.corrupt("ngram_size is " + size);
        }
        Attribute attribute = ngrams.attribute("attr");
        SparseLinear linear = counting.at(RESIZABLE)
                ? sparseLinear(counting.take(RESIZABLE).inside(), labels)
                : sparseLinear(counting, labels);
        counting.end();
        Activation activation = null;
        if (network.at(BAG_OF_WORDS)) {
            Steps last = network.take(BAG_OF_WORDS).inside();
            activation = last.at("logistic") ? new Logistic() : new Softmax(true, 1);
            last.take(last.at("logistic") ? "logistic" : "softmax_activation");
            last.end();
        }
        return new BagOfWords(attribute, size, linear, activation);
    }

    private static SparseLinear sparseLinear(Steps steps, int labels) {
        Layer layer = steps.take("sparse_linear");
        int length = layer.dimension("length");
        MsgpackValue indexing = layer.settings().find("v1_indexing");
        boolean overlapping = indexing == null || layer.settings().flag("v1_indexing");
        if (length < 1
                || (overlapping && Integer.bitCount(length) != 1)
                || (long) labels * length > Integer.MAX_VALUE) {
            throw layer.corrupt("length is " + length);
        }
        return new SparseLinear(layer.array("W", labels * length), layer.array("b", labels), length, overlapping);
    }

    /** What makes a row of a tensor. */
    private DocumentLayer document(Steps network) {
        Tok2Vec tensor = tok2vecs.read(network, heard);
        if (network.at(Layer.ATTENTION)) {
            return attention(network, tensor);
        }
        List<Layer> reductions =
                network.at(Layer.CONCATENATE) ? network.take(Layer.CONCATENATE).children() : List.of(network.takeAny());
        return new Reductions(
                tensor,
                reductions.stream()
                        .map(layer -> Reduction.find(layer.type())
                                .orElseThrow(() -> layer.unsupported("is no reduction that is known")))
                        .toList());
    }

    private ParametricAttention attention(Steps network, Tok2Vec tensor) {
        int width = tensor.width();
        Layer attention = network.take(Layer.ATTENTION);
        float[] query = attention.array("Q", width);
        ParametricAttention.Gelu keys = null;
        if (!attention.children().isEmpty()) {
            Steps inside = attention.inside();
            Layer gelu = inside.take("gelu");
            inside.end();
            keys = new ParametricAttention.Gelu(gelu.array("W", width, width), gelu.array("b", width));
        }
        network.take("reduce_sum");
        Steps residual = network.take("residual").inside();
        Layer maxout = residual.take("maxout");
        MaxoutParameters parameters = maxout.maxout();
        if (parameters.inputs() != width || parameters.outputs() != width) {
            throw maxout.corrupt(
                    "goes from " + parameters.inputs() + " to " + parameters.outputs() + " numbers, expected " + width);
        }
        Maxout mix = new Maxout(kernels, parameters, residual.take("layernorm").layerNorm(width), 1);
        residual.end();
        return new ParametricAttention(kernels, tensor, query, keys, mix);
    }

    private OutputLayer output(Steps network, int labels, int inputs) {
        Steps last = network.at(RESIZABLE) ? network.take(RESIZABLE).inside() : network;
        boolean softmax = last.at("softmax");
        Layer linear = last.take(softmax ? "softmax" : "linear");
        if (!softmax) {
            network.take("logistic");
        }
        return new OutputLayer(
                kernels,
                linear.array("W", labels, inputs),
                linear.array("b", labels),
                softmax ? Softmax.of(linear) : new Logistic());
    }
}
