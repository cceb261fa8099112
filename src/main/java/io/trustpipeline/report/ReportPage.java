package io.trustpipeline.report;

import io.trustpipeline.report.RunReport.Command;
import io.trustpipeline.report.RunReport.Earlier;
import io.trustpipeline.report.RunReport.Identity;
import io.trustpipeline.report.RunReport.Rejection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * {@code report.html}: one file that opens from a disk as well as from a browser's address bar, loads nothing and runs
 * nothing, on a telephone or on paper, in light or dark, to the eye or to a screen reader.
 */
final class ReportPage {
    private static final StyleSheet SHEET = StyleSheet.read("report.css");

    private final RunReport report;
    private final Html html = new Html();

    ReportPage(RunReport report) {
        this.report = report;
    }

    String html() {
        Identity run = report.run();
        html.open("html", "lang", "en").line().open("head").line();
        html.open("meta", "charset", "utf-8").line();
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", SHEET.contentSecurityPolicy())
                .line();
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.open("meta", "name", "color-scheme", "content", "light dark").line();
        html.element("title", "Trust scoring, run " + run.runId()).line();
        html.style(SHEET).line().close("head").line();
        html.open("body").open("main").line();
        html.element("h1", "Run " + run.runId()).line();
        html.element("p", summary(), "class", "summary").line();
        section("What ran", page -> whatRan());
        section("What became of the rows", page -> RowsSection.write(page, report));
        section("Spans by theme", page -> {
            page.element("p", comparison());
            ThemesSection.write(page, report);
        });
        section("Scores and thresholds", page -> ThemesSection.histograms(page, report));
        section("Did the comments change?", page -> {
            LengthsSection.write(page, report.textLengths());
            ThemesSection.labels(page, report);
        });
        section("Spans in their sentences", page -> ExamplesSection.write(page, report));
        section("Rejected rows", page -> rejected());
        section("Time and cost", page -> StagesSection.write(page, report.stages()));
        section("What to do next", page -> commands());
        html.close("main").close("body").line().close("html");
        return html.document();
    }

    private void section(String heading, Consumer<Html> content) {
        String id = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        html.open("section", "aria-labelledby", id)
                .element("h2", heading, "id", id)
                .line();
        content.accept(html);
        html.close("section").line();
    }

    private String summary() {
        long spans =
                report.themes().stream().mapToLong(RunReport.ThemeFacts::spans).sum();
        return "%s spans of %s themes were found in %s comments of client %s on %s."
                .formatted(
                        Figures.count(spans),
                        Figures.count(report.themes().size()),
                        Figures.count(report.rows().scored()),
                        report.run().upId(),
                        report.run().runDate());
    }

    private String comparison() {
        Earlier earlier = report.comparedWith();
        return earlier == null
                ? "This is the client’s first run that scored something: there is none to compare it with."
                : "The last run is %s of %s, which scored %s comments."
                        .formatted(earlier.runId(), earlier.runDate(), Figures.count(earlier.scored()));
    }

    private void whatRan() {
        Identity run = report.run();
        List<String> facts = new ArrayList<>(List.of(
                "Pipeline",
                run.pipeline(),
                "Client (up_id)",
                String.valueOf(run.upId()),
                "Run date",
                run.runDate().toString(),
                "Started",
                Figures.moment(run.startedAt()),
                "Committed",
                Figures.moment(run.committedAt()) + ", attempt " + run.attempts(),
                "Program",
                run.engine()));
        if (run.certificate() != null) {
            facts.addAll(List.of("Scores compared with spaCy’s", run.certificate()));
        }
        if (run.redriveOf() != null) {
            facts.addAll(List.of("Takes up rejected rows of", run.redriveOf()));
        }
        if (run.recutOf() != null) {
            facts.addAll(List.of("Takes up all rows of", run.recutOf()));
        }
        facts.addAll(List.of("Exported to", run.rawPrefix(), "Spans in", run.scoredPrefix()));
        Table.facts(html, facts);
    }

    private void rejected() {
        if (report.rejected().isEmpty()) {
            html.element("p", report.rows().rejected() == 0 ? "None." : "Too many to read here.");
            return;
        }
        Table table = Table.open(html, "Rejected rows by reason", "Reason", "Stage", "Rows");
        for (Rejection rejection : report.rejected()) {
            table.row(rejection.reason(), rejection.stage(), Figures.count(rejection.rows()));
        }
        table.close();
    }

    private void commands() {
        html.open("dl", "class", "commands");
        for (Command command : report.commands()) {
            html.open("div")
                    .open("dt")
                    .element("code", command.command())
                    .close("dt")
                    .element("dd", command.does())
                    .close("div")
                    .line();
        }
        html.close("dl").line();
    }
}
