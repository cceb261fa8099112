package io.trustpipeline.run;

/**
 * The keys of everything a run reads and writes in the data bucket. Nothing is written elsewhere.
 *
 * @param bucket the data bucket
 * @param prefix the pipeline's own prefix, such as {@code trust_scoring/}
 * @param request whose run it is
 */
public record RunLayout(String bucket, String prefix, RunRequest request) {

    /** What the warehouse wrote. */
    public String rawPrefix() {
        return prefix + "raw/run_date=" + request.runDate() + "/run_id=" + request.runId() + "/";
    }

    public String scoredPrefix() {
        return prefix + "scored/run_id=" + request.runId() + "/";
    }

    /** Where another run's scored objects are, as a URI. */
    public String scoredUriOf(String runId) {
        return uri(prefix + "scored/run_id=" + runId + "/");
    }

    public String rejectedPrefix() {
        return prefix + "rejected/run_id=" + request.runId() + "/";
    }

    /** All that was ever scored for the run's client, one object a run. */
    public String ledgerPrefix() {
        return prefix + "ledger/up_id=" + request.upId() + "/";
    }

    public String ledger() {
        return ledgerPrefix() + request.runId() + ".parquet";
    }

    /** Says which of the client's runs committed first, second, and so on. */
    String turn(int number) {
        return prefix + "ledger/turns/up_id=" + request.upId() + "/%06d.json".formatted(number);
    }

    public String runPrefix() {
        return runsPrefix(prefix) + request.runId() + "/";
    }

    public static String runsPrefix(String prefix) {
        return prefix + "runs/";
    }

    /** The claim of a run id. */
    public static String requestKey(String prefix, String runId) {
        return runsPrefix(prefix) + runId + "/request.json";
    }

    /** What the run was expected to take; there only when somebody asked. */
    public String estimateKey() {
        return runPrefix() + "estimate.json";
    }

    /** The report that people open; there soon after the run has committed. */
    public String reportKey() {
        return runPrefix() + "report.html";
    }

    /** The facts of the report. */
    public String reportFactsKey() {
        return runPrefix() + "report.json";
    }

    public String exportKey() {
        return runPrefix() + "export.json";
    }

    public String planKey() {
        return runPrefix() + "plan.json";
    }

    /** A plan's part is named after its content, so that two attempts that plan differently cannot mix. */
    public String planPart(int shard, String sha256) {
        return runPrefix() + "plan/part-%05d-%s.parquet".formatted(shard, sha256.substring(0, 16));
    }

    public String attempt(int number) {
        return runPrefix() + "claims/attempt-%04d.json".formatted(number);
    }

    public String attemptsPrefix() {
        return runPrefix() + "claims/attempt-";
    }

    /** Says that a shard's objects are written and verified. */
    public String receipt(int shard) {
        return runPrefix() + "claims/part-%05d.json".formatted(shard);
    }

    public String manifestKey() {
        return manifestKey(prefix, request.runId());
    }

    static String manifestKey(String prefix, String runId) {
        return runsPrefix(prefix) + runId + "/manifest.json";
    }

    /**
     * A shard's rejected rows. The name holds their digest: attempts that reject different rows, because a model failed on
     * one of them alone, leave different objects, and the scored object says which of them it goes with.
     */
    public String rejected(int shard, int shards, String sha256) {
        return rejectedPrefix() + byContent(shard, shards, sha256);
    }

    /** A shard's spans that lie a little below their thresholds; named after its content, as rejected rows are. */
    public String near(int shard, int shards, String sha256) {
        return runPrefix() + "near/" + byContent(shard, shards, sha256);
    }

    private static String byContent(int shard, int shards, String sha256) {
        return part(shard, shards).replace(".parquet", "-" + sha256.substring(0, 16) + ".parquet");
    }

    /** What a map over the shards reads that were not done when this attempt of the run began: one item a shard. */
    public String items(int attempt) {
        return runPrefix() + "shards-%04d.json".formatted(attempt);
    }

    /** The name of a shard's scored object: today's {@code part.parquet} when there is but one. */
    public static String part(int shard, int shards) {
        return shards == 1 ? "part.parquet" : "part-%05d.parquet".formatted(shard);
    }

    public String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }
}
