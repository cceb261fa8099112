package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.CacheCounts;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.Tiles;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * The embedding half of a tok2vec (spaCy's {@code MultiHashEmbed} and that of {@code HashEmbedCNN}): several attributes
 * of a token, each looked up in its own table, mixed by one maxout layer. The result depends on the attributes alone and
 * is kept for the next token that has the same. Immutable but for that cache; shared by threads.
 */
final class Embed {

    /** What tells two tokens apart: the attributes that the tables embed, then that of the vectors. */
    private final Attribute[] attributes;

    /** Whether a token's attributes are more than its word's. */
    private final boolean ofToken;

    private final List<HashEmbed> tables;
    private final @Nullable StaticVectors vectors;
    private final Maxout mix;
    private final int inputs;
    private final int stride;
    private final EmbedCache cache;
    private final LongAdder lookups = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * An embedding.
     *
     * @param columns the attributes that the tables' columns count
     * @param mix from the tables' outputs, one after the other, then the vectors'
     * @param stride floats between rows of the result
     */
    Embed(List<Attribute> columns, List<HashEmbed> tables, @Nullable StaticVectors vectors, Maxout mix, int stride) {
        List<Attribute> keys = new ArrayList<>(columns);
        if (vectors != null) {
            keys.add(vectors.key());
        }
        this.attributes = keys.toArray(new Attribute[0]);
        this.ofToken = keys.contains(Attribute.SPACY);
        this.tables = List.copyOf(tables);
        this.vectors = vectors;
        this.mix = mix;
        this.inputs = tables.stream().mapToInt(HashEmbed::width).sum() + (vectors == null ? 0 : vectors.width());
        this.stride = stride;
        this.cache = new EmbedCache(stride, attributes.length);
    }

    /** How often a token was looked up since the model was loaded. */
    CacheCounts counts() {
        return new CacheCounts(lookups.sum(), misses.sum());
    }

    /** One thread's workspace. */
    final class Worker {

        /** How many unknown rows are computed together. */
        private static final int BATCH = 48;

        private final RecentWords recent = new RecentWords();
        private final long[] key = new long[attributes.length];
        private final int[] hashes = new int[HashEmbed.KEYS];
        private final float[] mixed = new float[BATCH * inputs];
        private final int[] mixedRows = new int[BATCH];
        private final float[] scratch = new float[mix.scratchSize()];
        private final float[] hidden = new float[Tiles.ceil(BATCH) * mix.hiddenStride()];
        private final long[][] missingKeys = new long[BATCH][];
        private final int[] missingTokens = new int[BATCH];
        private int missing;
        private int count;
        private EmbedCache.@Nullable Entry[] entries = new EmbedCache.Entry[0];

        /** Writes the rows of the tokens {@code from} to {@code to}, one stride apart, from {@code o0} on. */
        void embed(Doc doc, int from, int to, float[] out, int o0) {
            lookUp(doc, from, to);
            for (int i = 0; i < to - from; i++) {
                System.arraycopy(entry(i).row(), 0, out, o0 + i * stride, stride);
            }
        }

        /** Writes the numbers of the tokens' entries. */
        void identify(Doc doc, int from, int to, int[] ids, int at) {
            lookUp(doc, from, to);
            for (int i = 0; i < to - from; i++) {
                ids[at + i] = entry(i).id();
            }
        }

        /** The entry of the {@code i}-th token looked up last. */
        EmbedCache.Entry entry(int i) {
            return Objects.requireNonNull(entries[i]);
        }

        /** How many tokens were looked up last. */
        int count() {
            return count;
        }

        private void lookUp(Doc doc, int from, int to) {
            if (entries.length < to - from) {
                entries = new EmbedCache.Entry[to - from];
            }
            count = to - from;
            int unknown = 0;
            for (int token = from; token < to; token++) {
                EmbedCache.Entry known = recent.get(doc.lexeme(token));
                if (known == null) {
                    known = find(doc, token);
                }
                entries[token - from] = known;
                if (known == null) {
                    unknown++;
                    miss(token - from);
                }
            }
            mixMissing();
            lookups.add(to - from);
            misses.add(unknown);
        }

        private EmbedCache.@Nullable Entry find(Doc doc, int token) {
            readKey(doc, token);
            EmbedCache.Entry known = cache.get(key);
            if (known != null && !ofToken) {
                recent.put(doc.lexeme(token), known);
            }
            return known;
        }

        private void miss(int place) {
            concatenate(missing * inputs);
            missingKeys[missing] = key.clone();
            missingTokens[missing++] = place;
            if (missing == BATCH) {
                mixMissing();
            }
        }

        private void readKey(Doc doc, int token) {
            for (int i = 0; i < attributes.length; i++) {
                key[i] = doc.attribute(attributes[i], token);
            }
        }

        private void concatenate(int at) {
            int o0 = at;
            for (HashEmbed table : tables) {
                table.embed(key[table.column()], hashes, mixed, o0);
                o0 += table.width();
            }
            if (vectors != null) {
                vectors.embed(key[key.length - 1], mixed, o0);
            }
        }

        private void mixMissing() {
            if (missing == 0) {
                return;
            }
            for (int i = 0; i < missing; i++) {
                mixedRows[i] = i * inputs;
            }
            mix.maxout(mixed, mixedRows, missing, scratch, hidden);
            for (int i = 0; i < missing; i++) {
                float[] row = new float[stride];
                mix.normalize(hidden, i, row, 0, false);
                entries[missingTokens[i]] = cache.put(missingKeys[i], row);
            }
            missing = 0;
        }
    }
}
