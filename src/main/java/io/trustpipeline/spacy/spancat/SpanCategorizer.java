package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.CacheCounts;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.NearSpan;
import io.trustpipeline.spacy.Span;
import io.trustpipeline.spacy.SpanCategorizerSettings;
import io.trustpipeline.spacy.SpanGroup;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** spaCy's {@code spancat} and {@code spancat_singlelabel}: scores candidate spans and keeps the good ones. */
public final class SpanCategorizer implements SpanComponent {

    /** Spans of one start that are remembered: starts of several are too rare to be worth the room. */
    private static final int REMEMBERED = 1;

    private final SpanCategorizerSettings settings;
    private final Suggester suggester;
    private final Tok2Vec tok2vec;
    private final SpanReducer reducer;
    private final Scorer scorer;
    private final Annotation annotation;
    private final @Nullable ContextMemory memory;

    SpanCategorizer(
            SpanCategorizerSettings settings,
            Suggester suggester,
            Tok2Vec tok2vec,
            SpanReducer reducer,
            Scorer scorer,
            float near,
            boolean allCandidates) {
        this(
                settings,
                suggester,
                tok2vec,
                reducer,
                scorer,
                allCandidates
                        ? new AllCandidates(settings.labels().size())
                        : Annotation.of(settings.withShareOfThreshold(near)),
                memory(
                        suggester,
                        tok2vec,
                        allCandidates ? suggester.slots() * settings.labels().size() : REMEMBERED));
    }

    private SpanCategorizer(
            SpanCategorizerSettings settings,
            Suggester suggester,
            Tok2Vec tok2vec,
            SpanReducer reducer,
            Scorer scorer,
            Annotation annotation,
            @Nullable ContextMemory memory) {
        this.settings = settings;
        this.suggester = suggester;
        this.tok2vec = tok2vec;
        this.reducer = reducer;
        this.scorer = scorer;
        this.annotation = annotation;
        this.memory = memory;
    }

    /** Without a memory of contexts: it is for a few texts. */
    @Override
    public SpanCategorizer withAllCandidates() {
        return new SpanCategorizer(
                settings,
                suggester,
                tok2vec,
                reducer,
                scorer,
                new AllCandidates(settings.labels().size()),
                null);
    }

    /** A memory of contexts, where results depend on contexts alone and those may come again. */
    private static @Nullable ContextMemory memory(Suggester suggester, Tok2Vec tok2vec, int mostSpans) {
        if (suggester instanceof NgramSuggester ngrams && tok2vec.receptiveField() != Tok2Vec.UNBOUNDED) {
            int length = ContextRecall.contextLength(ngrams, tok2vec.receptiveField());
            return ContextMemory.isWorthwhile(length) ? new ContextMemory(length, mostSpans) : null;
        }
        return null;
    }

    /** What the component was set to. */
    public SpanCategorizerSettings settings() {
        return settings;
    }

    /** Where its candidates come from. */
    public Suggester suggester() {
        return suggester;
    }

    @Override
    public Tok2Vec tok2vec() {
        return tok2vec;
    }

    /** How its memory of contexts has served. */
    public CacheCounts contexts() {
        return memory == null ? CacheCounts.NONE : memory.counts();
    }

    /** Forgets the texts it has seen. */
    public void forget() {
        if (memory != null) {
            memory.clear();
        }
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Categorizing(windows.apply(tok2vec));
    }

    private final class Categorizing implements Worker {

        private final TensorWindow window;
        private final CandidateStream candidates = suggester.newStream();
        private final TileScoring scoring;
        private final @Nullable ContextRecall recall;

        Categorizing(TensorWindow window) {
            this.window = window;
            this.scoring = new TileScoring(window, reducer, scorer, annotation, suggester.slots());
            this.recall = memory != null && suggester instanceof NgramSuggester ngrams
                    ? new ContextRecall(memory, window, scoring, ngrams, tok2vec.receptiveField())
                    : null;
        }

        @Override
        public void annotate(Doc doc, DocSpans spans) {
            scoring.kept().clear();
            // Rows that others look at are computed anyway, and from the start of the document to its end.
            if (recall != null && !window.isShared()) {
                recall.annotate(doc.length());
            } else {
                candidates.open(doc.length(), spans);
                while (candidates.next(scoring.tile())) {
                    scoring.score();
                }
            }
            spans.put(group(doc));
        }

        private SpanGroup group(Doc doc) {
            KeptSpans kept = scoring.kept();
            int[] order = annotation.order(kept, suggester.slots());
            float least = annotation instanceof AllCandidates ? Float.NEGATIVE_INFINITY : settings.leastScore();
            List<Span> spans = new ArrayList<>(order.length);
            List<NearSpan> near = new ArrayList<>(0);
            for (int index : order) {
                int start = kept.start(index);
                int end = kept.end(index);
                String label = settings.labels().get(kept.label(index));
                float score = kept.score(index);
                Span span = new Span(start, end, doc.startChar(start), doc.endChar(end - 1), label, score);
                if (score >= least) {
                    spans.add(span);
                } else {
                    near.add(new NearSpan(span, spans.size()));
                }
            }
            return new SpanGroup(settings.spansKey(), spans, near);
        }
    }
}
