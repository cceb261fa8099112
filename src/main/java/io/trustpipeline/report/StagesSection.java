package io.trustpipeline.report;

import io.trustpipeline.run.StageFigures;
import io.trustpipeline.run.StageRecord;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** How long each stage took and what it cost, beside what was expected of it. */
final class StagesSection {
    private static final double WIDEST = 380;
    private static final int LINE = 22;

    private StagesSection() {}

    static void write(Html html, @Nullable List<StageRecord> stages) {
        if (stages == null || stages.isEmpty()) {
            html.element("p", "The run was committed by an attempt that did not measure its stages.");
            return;
        }
        picture(html, stages);
        Table table = Table.open(
                html,
                "Stages",
                "Stage",
                "Rows",
                "Tokens",
                "Seconds",
                "Planned seconds",
                "vCPU hours",
                "Cost",
                "Planned cost");
        double seconds = 0;
        double cost = 0;
        for (StageRecord stage : stages) {
            StageFigures actual = stage.actual();
            StageFigures planned = stage.estimate();
            table.row(
                    stage.stage(),
                    actual == null ? Figures.NONE : Figures.count(actual.rows()),
                    actual == null ? Figures.NONE : tokens(actual.tokens()),
                    Figures.decimal(actual == null ? null : actual.seconds(), 1),
                    Figures.decimal(planned == null ? null : planned.seconds(), 1),
                    Figures.decimal(actual == null ? null : actual.vcpuHours(), 6),
                    Figures.decimal(actual == null ? null : actual.cost(), 6),
                    Figures.decimal(planned == null ? null : planned.cost(), 6));
            seconds += actual == null ? 0 : actual.seconds();
            cost += actual == null ? 0 : actual.cost();
        }
        table.row(
                "together",
                "",
                "",
                Figures.decimal(seconds, 1),
                planned(stages, StageFigures::seconds, 1),
                "",
                Figures.decimal(cost, 6),
                planned(stages, StageFigures::cost, 6));
        table.close();
    }

    private static String tokens(@Nullable Long tokens) {
        return tokens == null ? Figures.NONE : Figures.count(tokens);
    }

    /** A figure of a stage. */
    private interface Figure {
        double of(StageFigures figures);
    }

    private static String planned(List<StageRecord> stages, Figure figure, int decimals) {
        double sum = 0;
        for (StageRecord stage : stages) {
            StageFigures planned = stage.estimate();
            if (planned == null) {
                return Figures.NONE;
            }
            sum += figure.of(planned);
        }
        return Figures.decimal(sum, decimals);
    }

    private static double seconds(@Nullable StageFigures figures) {
        return figures == null ? 0 : figures.seconds();
    }

    private static void picture(Html html, List<StageRecord> stages) {
        double longest = 0;
        for (StageRecord stage : stages) {
            longest = Math.max(longest, seconds(stage.actual()));
        }
        html.open(
                        "svg",
                        "class",
                        "wide",
                        "viewBox",
                        "0 0 600 " + LINE * stages.size(),
                        "role",
                        "img",
                        "aria-labelledby",
                        "stages-picture")
                .element("title", "Seconds of each stage", "id", "stages-picture");
        for (int i = 0; i < stages.size(); i++) {
            double width = longest == 0 ? 0 : WIDEST * seconds(stages.get(i).actual()) / longest;
            html.element(
                            "text",
                            stages.get(i).stage(),
                            "x",
                            "150",
                            "y",
                            String.valueOf(i * LINE + 15),
                            "text-anchor",
                            "end")
                    .open(
                            "rect",
                            "class",
                            "bar",
                            "x",
                            "160",
                            "y",
                            String.valueOf(i * LINE + 4),
                            "width",
                            Figures.place(width),
                            "height",
                            "14")
                    .close("rect");
        }
        html.close("svg").line();
    }
}
