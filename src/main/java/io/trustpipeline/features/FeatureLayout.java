package io.trustpipeline.features;

import java.time.LocalDate;
import java.time.YearMonth;

/** Where objects of this pipeline are. */
final class FeatureLayout {
    static final String PREFIX = "features/";
    static final String LEDGER = PREFIX + "ledger/";

    private FeatureLayout() {}

    /** The one object of a day and dataset that analysts read; a later run replaces it as a whole. */
    static String published(FeatureRequest request) {
        return published(request.dataset(), request.date());
    }

    /** The same of so many days before. */
    static String published(FeatureRequest request, int daysBefore) {
        return published(request.dataset(), request.date().minusDays(daysBefore));
    }

    static String published(Dataset dataset, LocalDate date) {
        return PREFIX + "daily/date=" + date + "/" + dataset.fileName();
    }

    /** Which run has the day, and how far it got. */
    static String ledger(FeatureRequest request) {
        return LEDGER + "dataset=" + request.dataset().size() + "/date=" + request.date() + ".json";
    }

    static String claim(String runId) {
        return run(runId, "request.json");
    }

    /** What a run computed, under a key of its own until it is published, and for ever after. */
    static String features(String runId) {
        return run(runId, "features.parquet");
    }

    static String made(String runId) {
        return run(runId, "computed.json");
    }

    static String report(String runId) {
        return run(runId, "report.json");
    }

    static String told(String runId) {
        return run(runId, "told.json");
    }

    /** Rows that were taken in from elsewhere. */
    static String raw(YearMonth month, String name) {
        return PREFIX + "raw/year=%d/month=%02d/".formatted(month.getYear(), month.getMonthValue()) + name;
    }

    /** What the weekly slot left. */
    static String training(LocalDate lastDay, String name) {
        return PREFIX + "training/date=" + lastDay + "/" + name;
    }

    private static String run(String runId, String name) {
        return PREFIX + "runs/" + runId + "/" + name;
    }
}
