package io.trustpipeline.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What a run will take, from how much there is to do and how fast it was done before. */
public final class Estimator {
    /** Where no run has shown otherwise. */
    private static final double EXPORTED_ROWS_PER_SECOND = 20_000;

    private static final double PLANNED_ROWS_PER_SECOND = 50_000;
    private static final double PLAN_SECONDS = 2;

    private final Prices prices;

    public Estimator(Prices prices) {
        this.prices = prices;
    }

    /**
     * How much there is to do.
     *
     * @param rows that the warehouse would export
     * @param alreadyScored of these, by the ledger
     * @param tokensPerRow of the rows that were looked at, those without a text among them
     */
    public record Work(long rows, long alreadyScored, double tokensPerRow) {
        long toScore() {
            return Math.max(0, rows - alreadyScored);
        }
    }

    /**
     * The estimate.
     *
     * @param past speeds of earlier runs, if there were any like this
     * @param measured tokens a second of the models at hand; asked for when there were none
     */
    public Estimate estimate(Work work, Optional<PastRuns.Speeds> past, DoubleSupplier measured) {
        double tokensPerSecond = past.map(PastRuns.Speeds::tokensPerSecond).orElseGet(measured::getAsDouble);
        long tokens = Math.round(work.toScore() * work.tokensPerRow());
        double export =
                work.rows() / past.map(PastRuns.Speeds::exportedRowsPerSecond).orElse(EXPORTED_ROWS_PER_SECOND);
        double plan =
                past.map(PastRuns.Speeds::planSeconds).orElse(PLAN_SECONDS) + work.rows() / PLANNED_ROWS_PER_SECOND;
        String basis = past.map(speeds -> speeds.runs() + " earlier runs with these models: ")
                        .orElse("no earlier run with these models; they were measured just now: ")
                + String.format(Locale.ROOT, "%.0f tokens a second", tokensPerSecond);
        return new Estimate(
                basis,
                List.of(
                        stage(StageRecord.EXPORT, StageFigures.of(work.rows(), null, export, prices)),
                        stage(StageRecord.PLAN, StageFigures.of(work.rows(), null, plan, prices)),
                        stage(
                                StageRecord.SCORE,
                                StageFigures.of(
                                        work.toScore(), tokens, tokens == 0 ? 0 : tokens / tokensPerSecond, prices))));
    }

    private static Estimate.Stage stage(String name, StageFigures figures) {
        return new Estimate.Stage(name, figures);
    }
}
