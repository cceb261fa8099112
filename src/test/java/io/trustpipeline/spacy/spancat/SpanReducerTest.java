package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Lexeme;
import io.trustpipeline.spacy.Tok2VecCard;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.PackedWeights;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Both reducers against the definition, in doubles, for spans in any order. */
class SpanReducerTest {

    @Property(tries = 200)
    void a_spans_hidden_row_is_the_maxout_of_its_four_parts(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int outputs,
            @ForAll @IntRange(min = 1, max = 4) int pieces,
            @ForAll @IntRange(min = 1, max = 30) int tokens,
            @ForAll @IntRange(min = 1, max = 25) int spans,
            @ForAll boolean ngrams,
            @ForAll long seed) {
        Random random = new Random(seed);
        int inputs = 4 * width;
        MaxoutParameters layer = new MaxoutParameters(
                floats(random, outputs * pieces * inputs), floats(random, outputs * pieces), outputs, pieces, inputs);
        float[] tensor = floats(random, tokens * width);
        CandidateTile tile = new CandidateTile(spans);
        tile.clear();
        int start = random.nextInt(tokens);
        int end = start;
        for (int i = 0; i < spans; i++) {
            if (!ngrams || end == tokens) {
                start = random.nextInt(tokens);
                end = start;
            }
            end = ngrams ? end + 1 : start + 1 + random.nextInt(tokens - start);
            tile.add(start, end, 0);
        }
        for (Kernels kernels : new Kernels[] {Kernels.preferred(), Kernels.scalar()}) {
            TensorWindow window = new TensorWindow(new Given(tensor, width, PackedWeights.stride(kernels, width)));
            window.open(document(tokens));
            window.cover(tile.firstToken(), tile.lastToken());
            for (SpanReducer reducer :
                    new SpanReducer[] {new SplitReducer(kernels, layer), new DirectReducer(kernels, layer)}) {
                float[] hidden = new float[tile.room() * reducer.hiddenStride()];
                reducer.newWorker(spans).reduce(window, tile, hidden);
                for (int i = 0; i < spans; i++) {
                    double[] expected = reference(layer, tensor, width, tile.start[i], tile.end[i]);
                    for (int j = 0; j < outputs; j++) {
                        assertThat(hidden[i * reducer.hiddenStride() + j])
                                .as("%s span %d", reducer.getClass().getSimpleName(), i)
                                .isCloseTo((float) expected[j], within(3e-4f));
                    }
                }
            }
        }
    }

    private static double[] reference(MaxoutParameters layer, float[] tensor, int width, int start, int end) {
        double[] row = new double[4 * width];
        for (int j = 0; j < width; j++) {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            for (int token = start; token < end; token++) {
                sum += tensor[token * width + j];
                max = Math.max(max, tensor[token * width + j]);
            }
            row[j] = tensor[(end - 1) * width + j];
            row[width + j] = tensor[start * width + j];
            row[2 * width + j] = sum / (end - start);
            row[3 * width + j] = max;
        }
        double[] best = new double[layer.outputs()];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int at = 0; at < layer.outputs() * layer.pieces(); at++) {
            double sum = layer.bias()[at];
            for (int k = 0; k < row.length; k++) {
                sum += layer.weights()[at * row.length + k] * row[k];
            }
            best[at / layer.pieces()] = Math.max(best[at / layer.pieces()], sum);
        }
        return best;
    }

    /** A tensor that is given instead of computed. */
    private record Given(float[] tensor, int width, int stride) implements Tok2Vec {

        @Override
        public @Nullable Tok2VecCard card() {
            return null;
        }

        @Override
        public Encoder newEncoder() {
            return (Doc doc, int from, int to, float[] out, int o0) -> {
                for (int token = from; token < to; token++) {
                    System.arraycopy(tensor, token * width, out, o0 + (token - from) * stride, width);
                }
            };
        }
    }

    private static Doc document(int tokens) {
        Lexeme word = new Lexeme("a", "a", new Lexeme.Ids(1, 1, 1, 1, 1, 1), 0);
        Lexeme[] words = new Lexeme[tokens];
        Arrays.fill(words, word);
        return new Doc("a".repeat(tokens), words, new BitSet());
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
