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
            return List.<ThemeResult>copyOf(predict(texts));
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
    List<Found> predict(List<String> texts) throws TranslateException {
        List<SpanGroups> found = predictor.batchPredict(texts);
        List<Found> spans = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            spans.add(spans(texts.get(i), found.get(i)));
        }
        return spans;
    }

    private Found spans(String text, SpanGroups found) {
        CodePoints comment = new CodePoints(text);
        List<ThemeSpan> spans = new ArrayList<>();
        if (model.rules().mode() != ScoringMode.RULES) {
            for (SpanGroup group : found.groups()) {
                group.spans().forEach(span -> spans.add(themeSpan(comment, span)));
            }
            return new Found(spans, List.of());
        }
        List<NearMiss> near = new ArrayList<>();
        for (SpanGroup group : found.groups()) {
            int next = 0;
            for (int i = 0; i <= group.spans().size(); i++) {
                while (next < group.near().size() && group.near().get(next).before() == i) {
                    sort(themeSpan(comment, group.near().get(next++).span()), false, spans, near);
                }
                if (i < group.spans().size()) {
                    sort(themeSpan(comment, group.spans().get(i)), true, spans, near);
                }
            }
        }
        near.replaceAll(each -> new NearMiss(PostRules.alone(comment, each.span()), each.before()));
        return new Found(PostRules.apply(comment, spans), near);
    }

    /** @param accepted whether the model's own threshold lets it through */
    private void sort(ThemeSpan span, boolean accepted, List<ThemeSpan> spans, List<NearMiss> near) {
        if (model.rules().exclusions().excludes(span.text())) {
            return;
        }
        Thresholds thresholds = model.theme().thresholds();
        if (accepted && thresholds.accept(span.label(), span.score())) {
            spans.add(span);
        } else if (span.score() >= NearMiss.SHARE * thresholds.of(span.label())) {
            near.add(new NearMiss(span, spans.size()));
        }
    }

    private ThemeSpan themeSpan(CodePoints comment, Span span) {
        return new ThemeSpan(
                model.name(),
                span.label(),
                comment.slice(span.startChar(), span.endChar()),
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
