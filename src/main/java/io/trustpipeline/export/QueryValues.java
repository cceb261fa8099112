package io.trustpipeline.export;

import java.time.LocalDate;

/**
 * The values a run puts into its query. Nothing here is text, so nothing here can change a statement.
 *
 * @param runDate the run's date, years 1 to 9999
 * @param upId the client organisation, above 0
 * @param rowLimit the most rows to export, above 0
 */
public record QueryValues(LocalDate runDate, long upId, long rowLimit) {
    private static final int LAST_YEAR = 9999;

    public QueryValues {
        if (runDate.getYear() < 1 || runDate.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("run_date " + runDate + ": a year from 1 to " + LAST_YEAR);
        }
        // Above 0 not only in meaning: "5 -:up_id" must not become a comment.
        if (upId < 1) {
            throw new IllegalArgumentException("up_id " + upId + ": above 0");
        }
        if (rowLimit < 1) {
            throw new IllegalArgumentException("row_limit " + rowLimit + ": above 0");
        }
    }
}
