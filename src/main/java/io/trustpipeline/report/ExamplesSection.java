package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.Example;
import io.trustpipeline.report.RunReport.SentenceSpan;
import io.trustpipeline.report.RunReport.ThemeFacts;

import java.util.List;

/** Spans in their sentences, the doubtful first, each as a picture and as a list. */
final class ExamplesSection {
    private ExamplesSection() {}

    static void write(Html html, RunReport report) {
        if (report.examples().isEmpty()) {
            html.element("p", "No span to show.");
            return;
        }
        List<String> themes = report.themes().stream().map(ThemeFacts::theme).toList();
        html.element("p", "These are the spans that a higher threshold would drop first. They are words of patients.");
        html.open("ol", "class", "examples").line();
        for (Example example : report.examples()) {
            html.open("li");
            SpanPicture.write(html, example.sentence(), example.spans(), themes);
            list(html, example);
            html.element("p", "comment " + example.key(), "class", "source")
                    .close("li")
                    .line();
        }
        html.close("ol").line();
    }

    private static void list(Html html, Example example) {
        html.open("ul", "class", "spans");
        boolean shown = false;
        for (SentenceSpan span : example.spans()) {
            boolean itself = !shown
                    && span.theme().equals(example.theme())
                    && span.label().equals(example.label())
                    && span.score() == example.score();
            shown |= itself;
            html.open("li").element("q", words(example.sentence(), span));
            html.text(": " + span.theme() + " · " + span.label() + ", score " + Figures.score(span.score()));
            if (itself && example.aboveThreshold() != null) {
                html.text(", " + Figures.decimal(example.aboveThreshold(), 4) + " above its threshold");
            }
            html.close("li");
        }
        html.close("ul").line();
    }

    private static String words(String sentence, SentenceSpan span) {
        return sentence.substring(
                sentence.offsetByCodePoints(0, span.start()), sentence.offsetByCodePoints(0, span.end()));
    }
}
