package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.LabelFacts;
import io.trustpipeline.report.RunReport.ThemeFacts;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was found of every theme and label, how that changed, and how the scores lie about the thresholds. */
final class ThemesSection {
    private static final int DIGITS = 12;
    private static final double CLASS_WIDTH = 15;
    private static final double HEIGHT = 80;

    private ThemesSection() {}

    static void write(Html html, RunReport report) {
        Table themes = Table.open(
                html,
                "Spans by theme",
                "Theme",
                "Comments scored",
                "Spans",
                "Relevant",
                "Per 1,000 scored",
                "Last run",
                "Change",
                "Threshold",
                "Model");
        for (ThemeFacts theme : report.themes()) {
            themes.row(
                    theme.theme(),
                    Figures.count(theme.scored()),
                    Figures.count(theme.spans()),
                    Figures.count(theme.relevant()),
                    Figures.decimal(theme.perThousand(), 2),
                    Figures.decimal(theme.perThousandBefore(), 2),
                    Figures.change(theme.perThousand(), theme.perThousandBefore()),
                    range(theme.thresholds()),
                    theme.modelDigest()
                            .substring(0, Math.min(DIGITS, theme.modelDigest().length())));
        }
        themes.close();
    }

    static void labels(Html html, RunReport report) {
        Table labels = Table.open(
                html,
                "Spans by label",
                "Theme and label",
                "Spans",
                "Per 1,000 scored",
                "Last run",
                "Change",
                "Threshold");
        for (ThemeFacts theme : report.themes()) {
            for (LabelFacts label : theme.labels()) {
                labels.row(
                        theme.theme() + " · " + label.label(),
                        Figures.count(label.spans()),
                        Figures.decimal(label.perThousand(), 2),
                        Figures.decimal(label.perThousandBefore(), 2),
                        Figures.change(label.perThousand(), label.perThousandBefore()),
                        label.threshold() == null
                                ? Figures.NONE
                                : label.threshold().toString());
            }
        }
        labels.close();
    }

    private static String range(@Nullable Map<String, Float> thresholds) {
        if (thresholds == null) {
            return Figures.NONE;
        }
        float lowest = Collections.min(thresholds.values());
        float highest = Collections.max(thresholds.values());
        return lowest == highest ? Float.toString(lowest) : lowest + " to " + highest;
    }

    private static String thresholds(@Nullable Map<String, Float> thresholds) {
        if (thresholds == null) {
            return Figures.NONE;
        }
        return thresholds.size() == 1
                ? thresholds.values().iterator().next().toString()
                : new TreeMap<>(thresholds)
                        .entrySet().stream()
                                .map(each ->
                                        (each.getKey().equals("*") ? "others" : each.getKey()) + " " + each.getValue())
                                .collect(Collectors.joining(", "));
    }

    /** A histogram a theme, with a line at each threshold, and the same figures as tables. */
    static void histograms(Html html, RunReport report) {
        html.element(
                "p",
                "How many spans have which score; dashed lines are thresholds. Heights grow with the square root of the"
                        + " numbers, so that small heaps beside a large one can be seen.");
        html.open("div", "class", "pictures");
        int number = 0;
        for (ThemeFacts theme : report.themes()) {
            html.open("figure");
            histogram(html, theme, "scores-" + number++);
            html.element("figcaption", theme.theme() + ": " + Figures.count(theme.spans()) + " spans")
                    .close("figure")
                    .line();
        }
        html.close("div").line();
        html.open("details").element("summary", "The histograms as a table");
        Table table = Table.open(html, "Spans by theme and score", "Theme and score", "Spans");
        for (ThemeFacts theme : report.themes()) {
            for (int i = 0; i < theme.scores().size(); i++) {
                if (theme.scores().get(i) > 0) {
                    table.row(
                            theme.theme() + " " + from(i, theme.scores().size()) + " to "
                                    + from(i + 1, theme.scores().size()),
                            Figures.count(theme.scores().get(i)));
                }
            }
        }
        table.close();
        html.close("details").line();
    }

    private static String from(int number, int classes) {
        return Figures.decimal((double) number / classes, 2);
    }

    private static void histogram(Html html, ThemeFacts theme, String id) {
        int classes = theme.scores().size();
        long most = theme.scores().stream().mapToLong(Long::longValue).max().orElse(0);
        html.open("svg", "viewBox", "0 -4 300 104", "role", "img", "aria-labelledby", id)
                .element(
                        "title",
                        "Scores of " + theme.theme() + " from 0 to 1; threshold " + thresholds(theme.thresholds()),
                        "id",
                        id);
        for (int i = 0; i < classes; i++) {
            double height =
                    most == 0 ? 0 : HEIGHT * Math.sqrt((double) theme.scores().get(i) / most);
            if (height > 0) {
                bar(html, i * CLASS_WIDTH * ThemeTable.SCORE_CLASSES / classes, Math.max(1, height));
            }
        }
        html.open("line", "class", "axis", "x1", "0", "y1", "80", "x2", "300", "y2", "80")
                .close("line");
        if (theme.thresholds() != null) {
            theme.thresholds().values().stream().distinct().sorted().forEach(threshold -> {
                String x = Figures.place(300 * (double) threshold);
                html.open("line", "class", "threshold", "x1", x, "y1", "-4", "x2", x, "y2", "80")
                        .close("line");
            });
        }
        html.element("text", "0", "x", "0", "y", "96")
                .element("text", "0.5", "x", "150", "y", "96", "text-anchor", "middle")
                .element("text", "1", "x", "300", "y", "96", "text-anchor", "end")
                .close("svg");
    }

    private static void bar(Html html, double from, double height) {
        html.open(
                        "rect",
                        "class",
                        "bar",
                        "x",
                        Figures.place(from + 1),
                        "y",
                        Figures.place(HEIGHT - height),
                        "width",
                        Figures.place(CLASS_WIDTH - 2),
                        "height",
                        Figures.place(height))
                .close("rect");
    }
}
