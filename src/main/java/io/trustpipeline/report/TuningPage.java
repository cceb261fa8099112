package io.trustpipeline.report;

import io.trustpipeline.report.ThresholdTuning.Point;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Precision, recall and F1 by threshold as a page: a plot a theme, and its figures. It loads nothing and runs nothing. */
public final class TuningPage {
    private static final StyleSheet SHEET = StyleSheet.read("report.css");
    private static final double WIDTH = 300;
    private static final double HEIGHT = 160;

    private TuningPage() {}

    /** The page in UTF-8. */
    public static byte[] of(String runId, Map<String, List<Point>> themes) {
        Html html = new Html();
        html.open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", SHEET.contentSecurityPolicy());
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", "Thresholds of run " + runId).style(SHEET).close("head");
        html.open("body")
                .open("main")
                .element("h1", "Thresholds of run " + runId)
                .line();
        html.element("p", "Precision is drawn dashed, recall dotted, F1 as a whole line, over thresholds from 0 to 1.");
        int number = 0;
        for (Map.Entry<String, List<Point>> theme : themes.entrySet()) {
            String id = "theme-" + number++;
            html.open("section", "aria-labelledby", id)
                    .element("h2", theme.getKey(), "id", id)
                    .line();
            plot(html, theme.getKey(), theme.getValue(), id + "-plot");
            table(html, theme.getKey(), theme.getValue());
            html.close("section").line();
        }
        html.close("main").close("body").close("html");
        return html.document().getBytes(StandardCharsets.UTF_8);
    }

    private static void plot(Html html, String theme, List<Point> points, String id) {
        html.open("svg", "viewBox", "-24 -8 340 190", "role", "img", "aria-labelledby", id)
                .element("title", "Precision, recall and F1 of " + theme + " by threshold", "id", id);
        html.open("line", "class", "axis", "x1", "0", "y1", "160", "x2", "300", "y2", "160")
                .close("line");
        line(html, "precision", points, Point::precision);
        line(html, "recall", points, Point::recall);
        line(html, "f1", points, Point::f1);
        html.element("text", "0", "x", "0", "y", "176")
                .element("text", "threshold 1", "x", "300", "y", "176", "text-anchor", "end")
                .element("text", "1", "x", "-6", "y", "6", "text-anchor", "end")
                .close("svg")
                .line();
    }

    private static void line(Html html, String style, List<Point> points, ToDoubleFunction<Point> figure) {
        StringBuilder places = new StringBuilder();
        for (Point point : points) {
            places.append(Figures.place(WIDTH * point.threshold()))
                    .append(',')
                    .append(Figures.place(HEIGHT * (1 - figure.applyAsDouble(point))))
                    .append(' ');
        }
        html.open("polyline", "class", style, "points", places.toString().strip())
                .close("polyline");
    }

    private static void table(Html html, String theme, List<Point> points) {
        Table table = Table.open(html, "Thresholds of " + theme, "Threshold", "Precision", "Recall", "F1", "Spans");
        for (Point point : points) {
            table.row(
                    Figures.decimal((double) point.threshold(), 2),
                    Figures.decimal(point.precision(), 3),
                    Figures.decimal(point.recall(), 3),
                    Figures.decimal(point.f1(), 3),
                    Figures.count(point.spans()));
        }
        table.close();
    }
}
