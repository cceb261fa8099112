package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.nn.Activation;
import io.trustpipeline.spacy.text.MurmurHash;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts a document's n-grams and weighs them (spaCy's {@code TextCatBOW}). Immutable.
 *
 * @param attribute what an n-gram is made of
 * @param size the longest n-gram; all shorter ones are counted too
 * @param activation null when the outputs are the scores
 */
record BagOfWords(
        Attribute attribute,
        int size,
        SparseLinear linear,
        @Nullable Activation activation) implements DocumentLayer {

    @Override
    public int width() {
        return linear.labels();
    }

    @Override
    public Optional<Tok2Vec> tok2vec() {
        return Optional.empty();
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Counting();
    }

    private final class Counting implements Worker {

        private final float[] scores = new float[linear.labels()];

        @Override
        public void write(Doc doc, float[] out, int o0) {
            System.arraycopy(linear.bias(), 0, scores, 0, scores.length);
            long[] keys = keys(doc);
            // In the order of unsigned numbers, as numpy sorts them: sums come out the same to the last bit.
            for (int from = 0; from < keys.length; ) {
                int to = from + 1;
                while (to < keys.length && keys[to] == keys[from]) {
                    to++;
                }
                linear.add(keys[from] ^ Long.MIN_VALUE, to - from, scores, 0);
                from = to;
            }
            if (activation != null) {
                activation.apply(scores);
            }
            System.arraycopy(scores, 0, out, o0, scores.length);
        }

        /** All n-grams in ascending order; the highest bit is turned over, so that Java sorts them as unsigned numbers. */
        private long[] keys(Doc doc) {
            int tokens = doc.length();
            long[] words = new long[tokens];
            int count = 0;
            for (int length = 1; length <= size; length++) {
                count += Math.max(0, tokens - length + 1);
            }
            long[] keys = new long[count];
            for (int token = 0; token < tokens; token++) {
                words[token] = doc.attribute(attribute, token);
                keys[token] = words[token] ^ Long.MIN_VALUE;
            }
            int at = tokens;
            for (int length = 2; length <= size; length++) {
                for (int start = 0; start + length <= tokens; start++) {
                    keys[at++] = MurmurHash.hash64a(words, start, length) ^ Long.MIN_VALUE;
                }
            }
            Arrays.sort(keys);
            return keys;
        }
    }
}
