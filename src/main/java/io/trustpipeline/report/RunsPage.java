package io.trustpipeline.report;

import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.RunIndex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The page of a service: the run under way, and all runs, the newest first, each with a link to its report. A script keeps
 * the first part up to date; without it the page is whole all the same.
 */
public final class RunsPage {
    /** Where the script is asked for. */
    public static final String SCRIPT = "/watch.js";

    private static final int RUNS_SHOWN = 200;
    private static final StyleSheet SHEET = StyleSheet.read("report.css");

    private RunsPage() {}

    /** What the page may load and do: its own script, and the questions that this asks of the same server. */
    public static String contentSecurityPolicy() {
        return SHEET.contentSecurityPolicy() + "; script-src 'self'; connect-src 'self'; frame-ancestors 'none'";
    }

    /** The page in UTF-8. */
    public static byte[] of(List<RunIndex.Entry> runs) {
        List<RunIndex.Entry> newest = new ArrayList<>(runs);
        newest.sort(Comparator.comparing((RunIndex.Entry run) -> run.manifest()
                        .map(manifest -> manifest.committedAt().toString())
                        .orElse("9"))
                .thenComparing(run -> run.request().runId())
                .reversed());
        Html html = new Html();
        html.open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", "Trust scoring, runs").style(SHEET).script(SCRIPT).close("head");
        html.open("body").open("main").element("h1", "Runs").line();
        html.open("section", "aria-labelledby", "now").element("h2", "Now", "id", "now");
        html.element("p", "Nothing is known to be under way.", "id", "stage", "role", "status");
        html.element("progress", "", "id", "rows", "max", "1", "value", "0", "aria-labelledby", "stage");
        html.close("section").line();
        html.open("section", "aria-labelledby", "all").element("h2", "All runs", "id", "all");
        if (newest.isEmpty()) {
            html.element("p", "No runs yet.");
        } else {
            table(html, newest.subList(0, Math.min(RUNS_SHOWN, newest.size())));
        }
        html.close("section").close("main").close("body").close("html");
        return html.document().getBytes(StandardCharsets.UTF_8);
    }

    private static void table(Html html, List<RunIndex.Entry> runs) {
        Table table = Table.open(
                html,
                "Runs, the newest first",
                "Run",
                "Date",
                "Client",
                "State",
                "Rows",
                "Scored",
                "Rejected",
                "Spans");
        for (RunIndex.Entry run : runs) {
            RowCounts rows = run.manifest().map(manifest -> manifest.rows()).orElse(RowCounts.NONE);
            long spans = run.manifest()
                    .map(manifest -> manifest.spans().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .orElse(0L);
            String id = run.request().runId();
            table.linkedRow(
                    run.manifest().isPresent() ? "/runs/" + id + "/report" : "",
                    id,
                    run.request().runDate().toString(),
                    String.valueOf(run.request().upId()),
                    run.state().name(),
                    Figures.count(rows.exported()),
                    Figures.count(rows.scored()),
                    Figures.count(rows.rejected()),
                    Figures.count(spans));
        }
        table.close();
    }
}
