package io.trustpipeline.spacy;

import io.trustpipeline.spacy.spancat.DocSpans;
import io.trustpipeline.spacy.spancat.SpanComponent;
import io.trustpipeline.spacy.text.Tokenizer;
import io.trustpipeline.spacy.textcat.TextCategorizer;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A pipeline at work: the workspaces of one thread. They grow with the spans that a document has, and not with its
 * length.
 */
public final class LanguageSession {

    /** Tokens of the documents that encoders may look at together. */
    private static final int TOGETHER = 512;

    private final Tokenizer tokenizer;
    private final List<SpanComponent.Worker> workers;
    private final List<TextCategorizer.Worker> categorizers;
    private final Map<Tok2Vec, TensorWindow> windows = new IdentityHashMap<>();
    private final DocSpans spans = new DocSpans();

    LanguageSession(Tokenizer tokenizer, List<SpanComponent> components, List<TextCategorizer> categorizers) {
        this.tokenizer = tokenizer;
        this.workers = components.stream()
                .map(component -> component.newWorker(this::listen))
                .toList();
        this.categorizers = categorizers.stream()
                .map(categorizer -> categorizer.newWorker(this::listen))
                .toList();
    }

    private TensorWindow listen(Tok2Vec tok2vec) {
        TensorWindow window = window(tok2vec);
        window.listen();
        return window;
    }

    /** The groups of each text, in their order: as one by one, only faster. */
    public List<SpanGroups> annotate(List<String> texts) {
        return together(texts, this::annotate);
    }

    /** The categories of each text, in their order: as one by one, only faster. */
    public List<Categories> categorize(List<String> texts) {
        return together(texts, this::categorize);
    }

    /** Lets the encoders look at several short documents at once, then does the rest one by one. */
    private <T> List<T> together(List<String> texts, Function<Doc, T> work) {
        List<T> results = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); ) {
            List<Doc> docs = new ArrayList<>();
            int tokens = 0;
            while (from < texts.size() && (docs.isEmpty() || tokens < TOGETHER)) {
                Doc doc = RecentDocs.tokenize(tokenizer, texts.get(from++));
                docs.add(doc);
                tokens += doc.length();
            }
            windows.values().forEach(window -> window.prepare(docs));
            docs.forEach(doc -> results.add(work.apply(doc)));
        }
        return results;
    }

    /** Tokenises a text and returns the groups that the span categorizers wrote, in the order of the pipeline. */
    public SpanGroups annotate(String text) {
        return annotate(RecentDocs.tokenize(tokenizer, text));
    }

    /**
     * Tokenises a text and returns the scores of all text categorizers, in the order of the pipeline; of two that have the
     * same label the later counts.
     */
    public Categories categorize(String text) {
        return categorize(RecentDocs.tokenize(tokenizer, text));
    }

    private Categories categorize(Doc doc) {
        windows.values().forEach(window -> window.open(doc));
        Map<String, Float> scores = new LinkedHashMap<>();
        categorizers.forEach(categorizer -> categorizer.categorize(doc, scores));
        return new Categories(scores.entrySet().stream()
                .map(score -> new Category(score.getKey(), score.getValue()))
                .toList());
    }

    /** A text's tokens. */
    public Doc tokenize(String text) {
        return tokenizer.tokenize(text);
    }

    /** The same for a text that is tokenised already, by the tokenizer of this pipeline. */
    public SpanGroups annotate(Doc doc) {
        spans.clear();
        windows.values().forEach(window -> window.open(doc));
        for (SpanComponent.Worker worker : workers) {
            worker.annotate(doc, spans);
        }
        return spans.groups();
    }

    /** The tensor window of a tok2vec of this pipeline. */
    TensorWindow window(Tok2Vec tok2vec) {
        return windows.computeIfAbsent(tok2vec, TensorWindow::new);
    }
}
