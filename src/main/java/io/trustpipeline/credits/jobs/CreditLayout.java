package io.trustpipeline.credits.jobs;

import java.time.LocalDate;

/**
 * Where objects of this pipeline are.
 *
 * @param base ends with a slash; a dry run has one of its own
 */
public record CreditLayout(String base) {
    public static final String PREFIX = "credits-automation/";

    public static CreditLayout real() {
        return new CreditLayout(PREFIX);
    }

    public static CreditLayout dryRun(String runId) {
        return new CreditLayout(PREFIX + "dry-runs/" + runId + "/");
    }

    String poll() {
        return base + "state/poll.json";
    }

    String lease() {
        return base + "state/lease.json";
    }

    String message(String ts) {
        return base + "messages/" + ts + ".json";
    }

    public String query(String executionId) {
        return base + "outputs/" + executionId + "/query.json";
    }

    public String result(String executionId) {
        return base + "outputs/" + executionId + "/result.json";
    }

    /** Why an execution in another process has no result. */
    String failure(String executionId) {
        return base + "outputs/" + executionId + "/failure.json";
    }

    String audit(LocalDate day, String ts) {
        return base + "audit/" + day + "/" + ts + ".json";
    }
}
