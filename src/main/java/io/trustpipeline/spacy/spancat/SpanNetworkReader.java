package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.SpanCategorizerSettings;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Layer;
import io.trustpipeline.spacy.nn.LayerNorm;
import io.trustpipeline.spacy.nn.Logistic;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.Softmax;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.tok2vec.Tok2VecReader;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Recognises the networks of spancat and span_finder in a thinc tree.
 *
 * <pre>
 *   spancat       with_getitem(tok2vec) >> extract_spans >> (reduce_last | reduce_first | reduce_mean | reduce_max)
 *                   >> maxout >> layernorm >> linear >> logistic, or softmax in place of the last two
 *   span_finder   tok2vec >> with_array(linear >> logistic)
 * </pre>
 */
public final class SpanNetworkReader {

    private static final List<String> REDUCTIONS = List.of("reduce_last", "reduce_first", "reduce_mean", "reduce_max");

    private final Kernels kernels;
    private final Tok2VecReader tok2vecs;
    private final @Nullable Tok2Vec heard;

    /**
     * A reader for one component.
     *
     * @param tok2vecs reads the tok2vec inside
     * @param heard the last tok2vec that runs before, if any
     */
    public SpanNetworkReader(Kernels kernels, Tok2VecReader tok2vecs, @Nullable Tok2Vec heard) {
        this.kernels = kernels;
        this.tok2vecs = tok2vecs;
        this.heard = heard;
    }

    /**
     * A spancat.
     *
     * @param near from which share of the threshold on spans are returned, apart from the others
     * @param allCandidates whether every candidate is to be returned with every label
     * @throws ModelException when the network is another, or does not fit the settings
     */
    public SpanCategorizer spanCategorizer(
            Steps network, SpanCategorizerSettings settings, Suggester suggester, float near, boolean allCandidates) {
        Steps inner = network.take("with_getitem").inside();
        Tok2Vec tok2vec = tok2vecs.read(inner, heard);
        inner.end();
        network.take("extract_spans");
        checkReductions(network.take(Layer.CONCATENATE));
        Layer maxout = network.take("maxout");
        MaxoutParameters hidden = maxout.maxout();
        if (hidden.inputs() != SpanReducer.PARTS * tok2vec.width()) {
            throw maxout.corrupt("has " + hidden.inputs() + " inputs, expected " + SpanReducer.PARTS
                    + " times the tok2vec's " + tok2vec.width());
        }
        LayerNorm norm = network.take("layernorm").layerNorm(hidden.outputs());
        Scorer scorer = scorer(network, norm, settings.outputs());
        network.end();
        SpanReducer reducer =
                suggester.sharesTokens() ? new SplitReducer(kernels, hidden) : new DirectReducer(kernels, hidden);
        return new SpanCategorizer(settings, suggester, tok2vec, reducer, scorer, near, allCandidates);
    }

    private static void checkReductions(Layer concatenation) {
        List<String> found = concatenation.children().stream().map(Layer::type).toList();
        if (!found.equals(REDUCTIONS)) {
            throw concatenation.unsupported("is of " + found + ", expected " + REDUCTIONS);
        }
    }

    private Scorer scorer(Steps network, LayerNorm norm, int outputs) {
        boolean softmax = network.at("softmax");
        Layer linear = network.take(softmax ? "softmax" : "linear");
        int[] shape = linear.shape("W");
        if (shape.length == 2 && shape[0] != outputs) {
            throw linear.corrupt("has " + shape[0] + " outputs, expected " + outputs + ", one for each label");
        }
        float[] weights = linear.array("W", outputs, norm.width());
        float[] bias = linear.array("b", outputs);
        if (!softmax) {
            network.take("logistic");
        }
        return new Scorer(kernels, norm, weights, bias, softmax ? Softmax.of(linear) : new Logistic());
    }

    /**
     * A span finder.
     *
     * @param threshold least score of a start or an end
     * @throws ModelException when the network is another
     */
    public SpanFinder spanFinder(
            Steps network, String spansKey, float threshold, @Nullable Integer minLength, @Nullable Integer maxLength) {
        Tok2Vec tok2vec = tok2vecs.read(network, heard);
        Steps scoring = network.take("with_array").inside();
        network.end();
        Layer linear = scoring.take("linear");
        scoring.take("logistic");
        scoring.end();
        float[] weights = linear.array("W", 2, tok2vec.width());
        float[] bias = linear.array("b", 2);
        return new SpanFinder(kernels, spansKey, threshold, minLength, maxLength, tok2vec, weights, bias);
    }
}
