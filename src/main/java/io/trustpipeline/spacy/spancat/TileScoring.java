package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.tok2vec.TensorWindow;

/** Scores tiles of candidates and keeps the good ones. Belongs to one thread. */
final class TileScoring {

    /** How many candidates are scored at a time, at least. */
    private static final int CANDIDATES = 384;

    private final TensorWindow window;
    private final SpanReducer reducer;
    private final SpanReducer.Worker reduction;
    private final Scorer scorer;
    private final Annotation annotation;
    private final float leastOutput;
    private final CandidateTile tile;
    private final float[] hidden;
    private final float[] scores;
    private final KeptSpans kept = new KeptSpans();

    /** @param slots of the suggester; see {@link CandidateTile} */
    TileScoring(TensorWindow window, SpanReducer reducer, Scorer scorer, Annotation annotation, int slots) {
        this.window = window;
        this.reducer = reducer;
        this.scorer = scorer;
        this.annotation = annotation;
        this.leastOutput = scorer.leastOutput(annotation.leastScore());
        this.tile = new CandidateTile(Math.max(CANDIDATES, slots));
        this.reduction = reducer.newWorker(tile.capacity());
        this.hidden = new float[tile.room() * reducer.hiddenStride()];
        this.scores = new float[scorer.outputs()];
    }

    /** The tile to fill. */
    CandidateTile tile() {
        return tile;
    }

    /** What was kept since the document was begun. */
    KeptSpans kept() {
        return kept;
    }

    /** Scores the candidates in the tile. */
    void score() {
        window.cover(tile.firstToken(), tile.lastToken());
        reduction.reduce(window, tile, hidden);
        for (int i = 0; i < tile.size(); i++) {
            if (scorer.score(hidden, i * reducer.hiddenStride(), leastOutput, scores)) {
                annotation.keep(scores, tile.slot[i], tile.start[i], tile.end[i], kept);
            }
        }
    }
}
