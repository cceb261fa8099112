package io.trustpipeline.report;

import io.trustpipeline.run.RowCounts;

import java.util.LinkedHashMap;
import java.util.Map;

/** The conservation law as a picture: the exported rows above, what became of them below, equally long. */
final class RowsSection {
    private static final double WIDTH = 600;

    private RowsSection() {}

    static void write(Html html, RunReport report) {
        RowCounts rows = report.rows();
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("scored now", rows.scored());
        parts.put("already scored", rows.alreadyScored());
        parts.put("rejected", rows.rejected());
        parts.put("empty", rows.empty());
        html.element(
                "p",
                "Every row that was exported is accounted for: %s exported = %s scored now + %s already scored + %s rejected + %s empty."
                        .formatted(
                                Figures.count(rows.exported()),
                                Figures.count(rows.scored()),
                                Figures.count(rows.alreadyScored()),
                                Figures.count(rows.rejected()),
                                Figures.count(rows.empty())));
        picture(html, rows.exported(), parts);
        Table table = Table.open(html, "What became of the rows", "Rows", "Number", "Share");
        table.row("exported", Figures.count(rows.exported()), Figures.share(rows.exported(), rows.exported()));
        parts.forEach((name, count) -> table.row(name, Figures.count(count), Figures.share(count, rows.exported())));
        table.close();
        if (!report.alreadyScoredIn().isEmpty()) {
            Table earlier = Table.open(html, "Where rows were scored before", "Run", "Rows");
            report.alreadyScoredIn().forEach((run, count) -> earlier.row(run, Figures.count(count)));
            earlier.close();
        }
    }

    private static void picture(Html html, long exported, Map<String, Long> parts) {
        html.open("svg", "class", "wide", "viewBox", "0 0 600 74", "role", "img", "aria-labelledby", "rows-picture")
                .element("title", "Exported rows, and below them what became of them", "id", "rows-picture");
        html.open("rect", "class", "whole", "x", "0", "y", "0", "width", "600", "height", "22")
                .close("rect");
        double from = 0;
        int number = 0;
        for (Map.Entry<String, Long> part : parts.entrySet()) {
            double width = exported == 0 ? 0 : WIDTH * part.getValue() / exported;
            if (width > 0) {
                html.open(
                                "rect",
                                "class",
                                "part" + number,
                                "x",
                                Figures.place(from),
                                "y",
                                "26",
                                "width",
                                Figures.place(Math.max(0.5, width - 1)),
                                "height",
                                "22")
                        .close("rect");
            }
            if (width > 70) {
                html.element("text", part.getKey(), "x", Figures.place(from), "y", "68");
            }
            from += width;
            number++;
        }
        html.close("svg").line();
    }
}
