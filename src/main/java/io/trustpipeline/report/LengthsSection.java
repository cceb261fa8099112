package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.LengthClass;
import io.trustpipeline.report.RunReport.TextLengths;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** How long the exported comments are, now and in the run before: each class a pair of bars. */
final class LengthsSection {
    private static final double STEADY = 0.1;
    private static final double CHANGED = 0.25;
    private static final double WIDEST = 380;
    private static final int LINE = 30;

    private LengthsSection() {}

    static void write(Html html, TextLengths lengths) {
        List<LengthClass> classes = lengths.classes();
        long now = classes.stream().mapToLong(LengthClass::comments).sum();
        long before = classes.stream().mapToLong(LengthsSection::before).sum();
        html.element("p", sentence(lengths.stabilityIndex()));
        picture(html, classes, now, before);
        Table table = Table.open(html, "Comments by length", "Characters", "Comments", "Share", "Last run");
        for (int i = 0; i < classes.size(); i++) {
            LengthClass each = classes.get(i);
            table.row(
                    name(classes, i),
                    Figures.count(each.comments()),
                    Figures.share(each.comments(), now),
                    each.before() == null ? Figures.NONE : Figures.share(before(each), before));
        }
        table.close();
    }

    private static String sentence(@Nullable Double index) {
        if (index == null) {
            return "There is no earlier run to compare the lengths of the comments with.";
        }
        String meaning = index < STEADY
                ? "the comments are as long as they were"
                : index < CHANGED ? "the lengths have moved a little" : "the comments are of other lengths than before";
        return "Population stability index %s: %s (below 0.1 nothing changed, above 0.25 much did)."
                .formatted(Figures.decimal(index, 3), meaning);
    }

    private static long before(LengthClass each) {
        Long before = each.before();
        return before == null ? 0 : before;
    }

    private static String name(List<LengthClass> classes, int number) {
        int from = classes.get(number).from();
        if (number + 1 == classes.size()) {
            return from + " and more";
        }
        int to = classes.get(number + 1).from() - 1;
        return from == to ? "none" : from + " to " + to;
    }

    private static void picture(Html html, List<LengthClass> classes, long now, long before) {
        html.open(
                        "svg",
                        "class",
                        "wide",
                        "viewBox",
                        "0 0 600 " + LINE * classes.size(),
                        "role",
                        "img",
                        "aria-labelledby",
                        "lengths-picture")
                .element(
                        "title",
                        "Share of comments by length: this run above, the last run below it",
                        "id",
                        "lengths-picture");
        double largest = 0;
        for (LengthClass each : classes) {
            largest = Math.max(largest, Math.max(share(each.comments(), now), share(before(each), before)));
        }
        for (int i = 0; i < classes.size(); i++) {
            int y = i * LINE;
            html.element("text", name(classes, i), "x", "150", "y", String.valueOf(y + 17), "text-anchor", "end");
            bar(html, "bar", y + 3, part(share(classes.get(i).comments(), now), largest));
            bar(html, "earlier", y + 14, part(share(before(classes.get(i)), before), largest));
        }
        html.close("svg").line();
    }

    private static double share(long comments, long all) {
        return all == 0 ? 0 : (double) comments / all;
    }

    private static double part(double share, double largest) {
        return largest == 0 ? 0 : share / largest;
    }

    private static void bar(Html html, String style, int y, double part) {
        html.open(
                        "rect",
                        "class",
                        style,
                        "x",
                        "160",
                        "y",
                        String.valueOf(y),
                        "width",
                        Figures.place(WIDEST * part),
                        "height",
                        "10")
                .close("rect");
    }
}
