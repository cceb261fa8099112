package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.Arrays;

/**
 * Scores the runs of a document that a {@link ContextMemory} does not know, and takes the rest from there. Belongs to one
 * thread.
 *
 * <p>The context of a start is the tokens from {@code field} before it to {@code field} after its longest candidate;
 * outside the document it has zeros, which are no token's number.
 */
final class ContextRecall {

    /** How many starts are looked up at a time. */
    private static final int STARTS = 512;

    private static final long BASE = 0x9E3779B97F4A7C15L;

    private final ContextMemory memory;
    private final TensorWindow window;
    private final TileScoring scoring;
    private final NgramSuggester suggester;
    private final NgramSuggester.Stream candidates;
    private final int field;
    private final int length;
    private final long leadingPower;
    private final int[] ids;
    private final long[] hashes = new long[STARTS];
    private final int[][] entries = new int[STARTS][];

    /** Whether all that its context does not hold is a constant. */
    private final boolean[] isKnown = new boolean[STARTS];

    /** @param field tokens on either side that a token's row depends on */
    ContextRecall(ContextMemory memory, TensorWindow window, TileScoring scoring, NgramSuggester suggester, int field) {
        this.memory = memory;
        this.window = window;
        this.scoring = scoring;
        this.suggester = suggester;
        this.candidates = suggester.newStream();
        this.field = field;
        this.length = contextLength(suggester, field);
        this.ids = new int[STARTS + length - 1];
        long power = 1;
        for (int i = 1; i < length; i++) {
            power *= BASE;
        }
        this.leadingPower = power;
    }

    /** Tokens of a start's context. */
    static int contextLength(NgramSuggester suggester, int field) {
        return suggester.longest() + 2 * field;
    }

    /** Keeps the spans of a document of this many tokens. */
    void annotate(int tokens) {
        int starts = tokens - suggester.shortest() + 1;
        for (int from = 0; from < starts; from += STARTS) {
            int count = Math.min(STARTS, starts - from);
            int missed = lookUp(from, count, tokens);
            memory.count(count, missed);
            for (int i = 0; i < count; ) {
                int[] entry = entries[i];
                if (entry == ContextMemory.ABSENT) {
                    int end = endOfRun(i, count);
                    score(from, from + i, from + end, tokens);
                    i = end;
                } else {
                    memory.recall(entry, from + i, scoring.kept());
                    i++;
                }
            }
        }
    }

    /** Finds the entries of some starts; returns how many have none. */
    private int lookUp(int from, int count, int tokens) {
        identify(from, count + length - 1, tokens);
        int missed = 0;
        int unknown = -1;
        long rolling = 0;
        for (int i = 0; i < length - 1; i++) {
            rolling = rolling * BASE + spread(ids[i]);
            unknown = ids[i] == Tok2Vec.UNKNOWN ? i : unknown;
        }
        for (int i = 0; i < count; i++) {
            int next = ids[i + length - 1];
            unknown = next == Tok2Vec.UNKNOWN ? i + length - 1 : unknown;
            rolling = rolling * BASE + spread(next);
            hashes[i] = mix(rolling);
            rolling -= spread(ids[i]) * leadingPower;
            isKnown[i] = unknown < i;
            entries[i] = isKnown[i] ? memory.find(ids, i, hashes[i]) : ContextMemory.ABSENT;
            missed += entries[i] == ContextMemory.ABSENT ? 1 : 0;
        }
        return missed;
    }

    /** Writes the numbers of so many tokens, the first of which is {@code field} before a start. */
    private void identify(int start, int count, int tokens) {
        int first = start - field;
        int from = Math.max(first, 0);
        int to = Math.min(first + count, tokens);
        Arrays.fill(ids, 0, from - first, 0);
        window.identify(from, to, ids, from - first);
        Arrays.fill(ids, to - first, count, 0);
    }

    private static long spread(int id) {
        long product = (id + 1) * 0xFF51AFD7ED558CCDL;
        return product ^ product >>> 29;
    }

    private static long mix(long hash) {
        long product = (hash ^ hash >>> 32) * 0xC4CEB9FE1A85EC53L;
        return product ^ product >>> 32;
    }

    /**
     * Where to stop computing. To begin anew costs the rows around the run: as much as the few known starts of a short
     * gap.
     */
    private int endOfRun(int begin, int count) {
        int end = begin + 1;
        for (int i = end; i < count && i - end <= field; i++) {
            if (entries[i] == ContextMemory.ABSENT) {
                end = i + 1;
            }
        }
        return end;
    }

    private void score(int from, int start, int until, int tokens) {
        CandidateTile tile = scoring.tile();
        KeptSpans kept = scoring.kept();
        window.coverOnly(start, Math.min(tokens, until + suggester.longest() - 1));
        candidates.open(start, until, tokens);
        while (candidates.next(tile)) {
            int first = kept.size();
            scoring.score();
            for (int at = tile.firstToken(); at <= tile.lastStart(); at++) {
                int last = first;
                while (last < kept.size() && kept.start(last) == at) {
                    last++;
                }
                if (entries[at - from] == ContextMemory.ABSENT && isKnown[at - from]) {
                    memory.put(ids, at - from, hashes[at - from], kept, first, last);
                }
                first = last;
            }
        }
    }
}
