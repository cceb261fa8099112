package io.trustpipeline.score;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;
import io.trustpipeline.spacy.Span;
import io.trustpipeline.spacy.SpanGroup;
import io.trustpipeline.spacy.SpanGroups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Finds the spans of one theme: model, thresholds, exclusions, post-rules. For one thread at a time. */
final class ThemePredictor implements AutoCloseable {
    private final ThemeModel model;
    private final Predictor<String, SpanGroups> predictor;

    ThemePredictor(ThemeModel model, Predictor<String, SpanGroups> predictor) {
        this.model = model;
        this.predictor = predictor;
    }

    String theme() {
        return model.name();
    }

    long countTokens(Set<String> texts) {
        long tokens = 0;
        for (String text : texts) {
            tokens += model.language().countTokens(text);
        }
        return tokens;
    }

    /**
     * One result a text, in their order: when the model fails on a batch, each of its texts is tried alone. Errors such
     * as a full heap are not the text's fault and go on; too deep a recursion is.
     */
    List<ThemeResult> predictEach(List<String> texts) {
        try {
            return predict(texts).stream().<ThemeResult>map(Found::new).toList();
        } catch (TranslateException | RuntimeException | StackOverflowError e) {
            if (texts.size() == 1) {
                return List.of(new Failed("theme " + JsonFile.quoted(theme()) + ": " + Failure.describe(e)));
            }
            return texts.stream()
                    .flatMap(text -> predictEach(Collections.singletonList(text)).stream())
                    .toList();
        }
    }

    /** The spans of each text, in the order of the texts. */
    List<List<ThemeSpan>> predict(List<String> texts) throws TranslateException {
        List<SpanGroups> found = predictor.batchPredict(texts);
        List<List<ThemeSpan>> spans = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            spans.add(spans(texts.get(i), found.get(i)));
        }
        return spans;
    }

    private List<ThemeSpan> spans(String text, SpanGroups found) {
        boolean rules = model.rules().mode() == ScoringMode.RULES;
        CodePoints comment = new CodePoints(text);
        List<ThemeSpan> spans = new ArrayList<>();
        for (SpanGroup group : found.groups()) {
            for (Span span : group.spans()) {
                if (!rules || model.theme().thresholds().accept(span.label(), span.score())) {
                    String spanText = comment.slice(span.startChar(), span.endChar());
                    if (!rules || !model.rules().exclusions().excludes(spanText)) {
                        spans.add(themeSpan(span, spanText));
                    }
                }
            }
        }
        return rules ? PostRules.apply(comment, spans) : spans;
    }

    private ThemeSpan themeSpan(Span span, String text) {
        return new ThemeSpan(
                model.name(),
                span.label(),
                text,
                span.startChar(),
                span.endChar(),
                span.start(),
                span.end(),
                span.score(),
                true,
                model.digest());
    }

    @Override
    public void close() {
        predictor.close();
    }
}
