package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.Tiles;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The embedding half of a tok2vec (spaCy's {@code MultiHashEmbed} and that of {@code HashEmbedCNN}): several attributes
 * of a token, each looked up in its own table, mixed by one maxout layer. The result depends on the attributes alone and
 * is kept for the next token that has the same. Immutable but for that cache; shared by threads.
 */
final class Embed {

    private final List<Attribute> columns;
    private final List<HashEmbed> tables;
    private final @Nullable StaticVectors vectors;
    private final Maxout mix;
    private final int stride;
    private final EmbedCache cache;

    /**
     * An embedding.
     *
     * @param columns the attributes that the tables' columns count
     * @param mix from the tables' outputs, one after the other, then the vectors'
     * @param stride floats between rows of the result
     */
    Embed(List<Attribute> columns, List<HashEmbed> tables, @Nullable StaticVectors vectors, Maxout mix, int stride) {
        this.columns = List.copyOf(columns);
        this.tables = List.copyOf(tables);
        this.vectors = vectors;
        this.mix = mix;
        this.stride = stride;
        this.cache = new EmbedCache(stride, keyLength());
    }

    private int keyLength() {
        return columns.size() + (vectors == null ? 0 : 1);
    }

    private int inputs() {
        return tables.stream().mapToInt(HashEmbed::width).sum() + (vectors == null ? 0 : vectors.width());
    }

    /** One thread's workspace. */
    final class Worker {

        /** How many unknown rows are computed together. */
        private static final int BATCH = 48;

        private final long[] key = new long[keyLength()];
        private final int[] hashes = new int[HashEmbed.KEYS];
        private final float[] inputs = new float[BATCH * inputs()];
        private final int[] inputRows = new int[BATCH];
        private final float[] scratch = new float[mix.scratchSize()];
        private final float[] hidden = new float[Tiles.ceil(BATCH) * mix.hiddenStride()];
        private final long[][] missingKeys = new long[BATCH][];
        private final int[] missingRows = new int[BATCH];
        private int missing;

        /** Writes the rows of the tokens {@code from} to {@code to}, one stride apart, from {@code o0} on. */
        void embed(Doc doc, int from, int to, float[] out, int o0) {
            for (int token = from; token < to; token++) {
                int row = o0 + (token - from) * stride;
                readKey(doc, token);
                float[] known = cache.get(key);
                if (known != null) {
                    System.arraycopy(known, 0, out, row, stride);
                } else {
                    lookUp(missing * inputs());
                    missingKeys[missing] = key.clone();
                    missingRows[missing++] = row;
                    if (missing == BATCH) {
                        mixMissing(out);
                    }
                }
            }
            mixMissing(out);
        }

        private void readKey(Doc doc, int token) {
            for (int i = 0; i < columns.size(); i++) {
                key[i] = doc.attribute(columns.get(i), token);
            }
            if (vectors != null) {
                key[columns.size()] = doc.attribute(vectors.key(), token);
            }
        }

        private void lookUp(int at) {
            int o0 = at;
            for (HashEmbed table : tables) {
                table.embed(key[table.column()], hashes, inputs, o0);
                o0 += table.width();
            }
            if (vectors != null) {
                vectors.embed(key[columns.size()], inputs, o0);
            }
        }

        private void mixMissing(float[] out) {
            if (missing == 0) {
                return;
            }
            for (int i = 0; i < missing; i++) {
                inputRows[i] = i * inputs();
            }
            mix.maxout(inputs, inputRows, missing, scratch, hidden);
            for (int i = 0; i < missing; i++) {
                float[] row = new float[stride];
                mix.normalize(hidden, i, row, 0, false);
                System.arraycopy(row, 0, out, missingRows[i], stride);
                cache.put(missingKeys[i], row);
            }
            missing = 0;
        }
    }
}
