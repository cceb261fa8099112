package io.trustpipeline.features;

/** Where objects of this pipeline are. */
final class FeatureLayout {
    static final String PREFIX = "features/";

    private FeatureLayout() {}

    /** The one object of a day and dataset that analysts read; a later run replaces it as a whole. */
    static String published(FeatureRequest request) {
        return published(request, 0);
    }

    /** The same of so many days before. */
    static String published(FeatureRequest request, int daysBefore) {
        return PREFIX + "daily/date=" + request.date().minusDays(daysBefore) + "/"
                + request.dataset().fileName();
    }

    /** Which run has the day, and how far it got. */
    static String ledger(FeatureRequest request) {
        return PREFIX + "ledger/dataset=" + request.dataset().size() + "/date=" + request.date() + ".json";
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

    private static String run(String runId, String name) {
        return PREFIX + "runs/" + runId + "/" + name;
    }
}
