package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.CacheCounts;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Tok2VecCard;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.Tiles;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * spaCy's convolutional tok2vec: tokens are embedded, then each layer mixes a token with its neighbours
 * ({@code MaxoutWindowEncoder}). Immutable and shared by threads.
 *
 * <pre>
 *   x = embed(attributes)                                        [tokens, width]
 *   for each layer: x = x + layernorm(maxout(x[t-w] … x[t+w]))   [tokens, (2w+1) * width] to [tokens, width]
 * </pre>
 *
 * <p>A row of the result depends on {@code depth * window} rows on either side, its receptive field. Before the first
 * and after the last token spaCy puts that many rows of zeros, and they go through the layers like tokens: after the
 * first layer they are not zero any more. Rows outside the document are treated here in the same way, and rows inside it
 * that a part of a document needs beyond its own are computed again, so any part has exactly the rows of the whole.
 */
final class EmbedEncode implements Tok2Vec {

    private final Embed embed;
    private final @Nullable FirstConvolution first;
    private final List<Maxout> others;
    private final int window;
    private final int stride;
    private final Tok2VecCard card;

    /**
     * A tok2vec.
     *
     * @param first the first convolution; null when there is none
     * @param others those after it
     */
    EmbedEncode(
            Embed embed,
            @Nullable FirstConvolution first,
            List<Maxout> others,
            int window,
            int stride,
            Tok2VecCard card) {
        this.embed = embed;
        this.first = first;
        this.others = List.copyOf(others);
        this.window = window;
        this.stride = stride;
        this.card = card;
    }

    @Override
    public int width() {
        return card.width();
    }

    @Override
    public int stride() {
        return stride;
    }

    @Override
    public Tok2VecCard card() {
        return card;
    }

    @Override
    public CacheCounts words() {
        return embed.counts();
    }

    @Override
    public Encoder newEncoder() {
        return new Worker();
    }

    @Override
    public int receptiveField() {
        return card.depth() * window;
    }

    private final class Worker implements Encoder {

        private final Embed.Worker embedding = embed.new Worker();
        private float[] x = new float[0];
        private float[] hidden = new float[0];
        private int[] windows = new int[0];
        private final FirstConvolution.@Nullable Worker firstWorker = first == null ? null : first.new Worker();
        private final int hiddenStride = Math.max(
                first == null ? 0 : first.hiddenStride(),
                others.stream().mapToInt(Maxout::hiddenStride).max().orElse(0));
        private final float[] scratch =
                new float[others.stream().mapToInt(Maxout::scratchSize).max().orElse(0)];

        @Override
        public void encode(Doc doc, int from, int to, float[] out, int o0) {
            int margin = receptiveField();
            int rows = to - from + 2 * margin;
            reserve(rows);
            embed(doc, from - margin, to + margin);
            convolveFirst(Math.max(0, margin - from), rows);
            for (int depth = 0; depth < others.size(); depth++) {
                int unreached = (depth + 2) * window;
                convolve(others.get(depth), unreached, rows - unreached);
            }
            System.arraycopy(x, margin * stride, out, o0, (to - from) * stride);
        }

        @Override
        public void identify(Doc doc, int from, int to, int[] ids, int at) {
            embedding.identify(doc, from, to, ids, at);
        }

        private void reserve(int rows) {
            if (windows.length < rows) {
                int room = Tiles.ceil(rows);
                x = new float[room * stride];
                hidden = new float[room * hiddenStride];
                windows = new int[room];
            }
        }

        private void embed(Doc doc, int from, int to) {
            int first = Math.max(from, 0);
            int last = Math.min(to, doc.length());
            Arrays.fill(x, 0, (first - from) * stride, 0);
            embedding.embed(doc, first, last, x, (first - from) * stride);
            Arrays.fill(x, (last - from) * stride, (to - from) * stride, 0);
        }

        /** @param firstToken the row of the first token; those before it are outside the document */
        private void convolveFirst(int firstToken, int rows) {
            if (first == null || firstWorker == null) {
                return;
            }
            int n = rows - 2 * window;
            firstWorker.convolve(embedding, x, stride, firstToken, n, hidden);
            for (int row = 0; row < n; row++) {
                first.normalize(hidden, row, x, (row + window) * stride);
            }
        }

        /** One layer for the rows {@code from} to {@code to}; a row's window is contiguous in memory. */
        private void convolve(Maxout layer, int from, int to) {
            for (int row = from; row < to; row++) {
                windows[row - from] = (row - window) * stride;
            }
            layer.maxout(x, windows, to - from, scratch, hidden);
            for (int row = from; row < to; row++) {
                layer.normalize(hidden, row - from, x, row * stride, true);
            }
        }
    }
}
