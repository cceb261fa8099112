package io.trustpipeline.report;

import java.util.List;

/** Writes a table that a screen reader can walk through, and a narrow screen can scroll. */
final class Table {
    private final Html html;

    private Table(Html html) {
        this.html = html;
    }

    /**
     * Opens a table.
     *
     * @param headings of its columns; the first column names the rows
     */
    static Table open(Html html, String caption, String... headings) {
        html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption);
        html.open("table").element("caption", caption).open("thead").open("tr");
        for (String heading : headings) {
            html.element("th", heading, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody").line();
        return new Table(html);
    }

    Table row(String name, String... cells) {
        return linkedRow("", name, cells);
    }

    /** @param link where the row's name leads; empty for nowhere */
    Table linkedRow(String link, String name, String... cells) {
        html.open("tr").open("th", "scope", "row");
        if (link.isEmpty()) {
            html.text(name);
        } else {
            html.element("a", name, "href", link);
        }
        html.close("th");
        for (String cell : cells) {
            html.element("td", cell);
        }
        html.close("tr").line();
        return this;
    }

    void close() {
        html.close("tbody").close("table").close("div").line();
    }

    /** Names and values, a line each. */
    static void facts(Html html, List<String> namesAndValues) {
        html.open("dl");
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            html.open("div")
                    .element("dt", namesAndValues.get(i))
                    .element("dd", namesAndValues.get(i + 1))
                    .close("div")
                    .line();
        }
        html.close("dl").line();
    }
}
