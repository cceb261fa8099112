package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.Example;
import io.trustpipeline.report.RunReport.SentenceSpan;
import io.trustpipeline.run.Plan;
import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The spans that a person should look at first: those that a slightly higher threshold would have dropped, some of every
 * theme, each in its sentence with whatever else was found there.
 */
final class Examples {
    static final int COUNT = 30;
    private static final int SPANS_SHOWN = 12;
    private static final int SPANS_READ = 100 * COUNT;

    private final SpanTable table;
    private final List<Plan.Theme> themes;

    Examples(SpanTable table, List<Plan.Theme> themes) {
        this.table = table;
        this.themes = themes;
    }

    /** A span that was chosen, and how far it is above its threshold. */
    private record Chosen(FoundSpan span, @Nullable Double above) {}

    List<Example> choose() throws SQLException {
        List<List<Chosen>> byTheme = new ArrayList<>();
        for (Plan.Theme theme : themes) {
            byTheme.add(nearest(theme));
        }
        List<Chosen> chosen = new ArrayList<>();
        for (int place = 0; place < COUNT; place++) {
            for (List<Chosen> ofTheme : byTheme) {
                if (place < ofTheme.size() && chosen.size() < COUNT) {
                    chosen.add(ofTheme.get(place));
                }
            }
        }
        chosen.sort(Comparator.comparing(
                each -> each.above() == null ? (double) each.span().score() : each.above()));
        return inSentences(chosen);
    }

    private List<Chosen> nearest(Plan.Theme theme) throws SQLException {
        List<Chosen> nearest = new ArrayList<>();
        for (FoundSpan span : table.nearest(theme.name(), theme.thresholds(), COUNT)) {
            Optional<Float> threshold = theme.threshold(span.label());
            nearest.add(new Chosen(
                    span,
                    threshold.isEmpty() ? null : Rounded.to((double) span.score() - (double) threshold.get(), 4)));
        }
        return nearest;
    }

    private List<Example> inSentences(List<Chosen> chosen) throws SQLException {
        Set<String> keys = new LinkedHashSet<>();
        chosen.forEach(each -> keys.add(each.span().key()));
        Map<String, List<FoundSpan>> byComment = new HashMap<>();
        for (FoundSpan span : table.of(keys, SPANS_READ)) {
            byComment.computeIfAbsent(span.key(), key -> new ArrayList<>()).add(span);
        }
        List<Example> examples = new ArrayList<>();
        for (Chosen each : chosen) {
            List<FoundSpan> found = byComment.getOrDefault(each.span().key(), List.of());
            if (!found.isEmpty()) {
                examples.add(
                        example(each, Objects.requireNonNullElse(found.get(0).text(), ""), found));
            }
        }
        return examples;
    }

    private static Example example(Chosen chosen, String comment, List<FoundSpan> found) {
        FoundSpan span = chosen.span();
        Sentence sentence = Sentence.around(comment, span.start(), span.end());
        List<SentenceSpan> spans = new ArrayList<>();
        spans.add(placed(span, sentence));
        for (FoundSpan other : found) {
            boolean itself = other.start() == span.start()
                    && other.end() == span.end()
                    && other.theme().equals(span.theme())
                    && other.label().equals(span.label());
            boolean seen = other.start() < sentence.to() && other.end() > sentence.from();
            if (!itself && seen && spans.size() < SPANS_SHOWN) {
                spans.add(placed(other, sentence));
            }
        }
        spans.sort(Comparator.comparingInt(SentenceSpan::start)
                .thenComparing(Comparator.comparingInt(SentenceSpan::end).reversed())
                .thenComparing(SentenceSpan::theme)
                .thenComparing(SentenceSpan::label));
        return new Example(
                span.key(), span.theme(), span.label(), span.score(), chosen.above(), sentence.text(), spans);
    }

    private static SentenceSpan placed(FoundSpan span, Sentence sentence) {
        int start = Math.max(0, span.start() - sentence.from());
        int end = Math.min(sentence.length(), span.end() - sentence.from());
        return new SentenceSpan(span.theme(), span.label(), span.score(), start, Math.max(start, end));
    }
}
