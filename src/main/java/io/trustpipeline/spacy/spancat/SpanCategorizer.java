package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Span;
import io.trustpipeline.spacy.SpanCategorizerSettings;
import io.trustpipeline.spacy.SpanGroup;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** spaCy's {@code spancat} and {@code spancat_singlelabel}: scores candidate spans and keeps the good ones. */
public final class SpanCategorizer implements SpanComponent {

    /** How many candidates are scored at a time, at least. */
    private static final int CANDIDATES = 384;

    private final SpanCategorizerSettings settings;
    private final Suggester suggester;
    private final Tok2Vec tok2vec;
    private final SpanReducer reducer;
    private final Scorer scorer;
    private final Annotation annotation;

    SpanCategorizer(
            SpanCategorizerSettings settings,
            Suggester suggester,
            Tok2Vec tok2vec,
            SpanReducer reducer,
            Scorer scorer,
            boolean allCandidates) {
        this.settings = settings;
        this.suggester = suggester;
        this.tok2vec = tok2vec;
        this.reducer = reducer;
        this.scorer = scorer;
        this.annotation = allCandidates ? new AllCandidates(settings.labels().size()) : Annotation.of(settings);
    }

    /** What the component was set to. */
    public SpanCategorizerSettings settings() {
        return settings;
    }

    /** Where its candidates come from. */
    public Suggester suggester() {
        return suggester;
    }

    /** What it hears. */
    public Tok2Vec tok2vec() {
        return tok2vec;
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Categorizing(windows.apply(tok2vec));
    }

    private final class Categorizing implements Worker {

        private final TensorWindow window;
        private final CandidateStream candidates = suggester.newStream();
        private final CandidateTile tile = new CandidateTile(Math.max(CANDIDATES, suggester.slots()));
        private final SpanReducer.Worker reduction = reducer.newWorker(tile.capacity());
        private final float[] hidden = new float[tile.room() * reducer.hiddenStride()];
        private final float[] scores = new float[scorer.outputs()];
        private final float leastOutput = scorer.leastOutput(annotation.leastScore());
        private final KeptSpans kept = new KeptSpans();

        Categorizing(TensorWindow window) {
            this.window = window;
        }

        @Override
        public void annotate(Doc doc, DocSpans spans) {
            kept.clear();
            candidates.open(doc.length(), spans);
            while (candidates.next(tile)) {
                window.cover(tile.firstToken(), tile.lastToken());
                reduction.reduce(window, tile, hidden);
                for (int i = 0; i < tile.size(); i++) {
                    if (scorer.score(hidden, i * reducer.hiddenStride(), leastOutput, scores)) {
                        annotation.keep(scores, tile.slot[i], tile.start[i], tile.end[i], kept);
                    }
                }
            }
            spans.put(new SpanGroup(settings.spansKey(), spans(doc)));
        }

        private List<Span> spans(Doc doc) {
            int[] order = annotation.order(kept, suggester.slots());
            List<Span> spans = new ArrayList<>(order.length);
            for (int index : order) {
                int start = kept.start(index);
                int end = kept.end(index);
                String label = settings.labels().get(kept.label(index));
                spans.add(new Span(start, end, doc.startChar(start), doc.endChar(end - 1), label, kept.score(index)));
            }
            return spans;
        }
    }
}
