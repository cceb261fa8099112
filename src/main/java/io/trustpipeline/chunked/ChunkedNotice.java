package io.trustpipeline.chunked;

import io.trustpipeline.notify.Notification;
import io.trustpipeline.run.ExitCode;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people are told about the end of a run: counts and the names of files, no value of a row. */
public final class ChunkedNotice {
    private final Clock clock;

    public ChunkedNotice(Clock clock) {
        this.clock = clock;
    }

    /** The message of a run that came to its end, complete or not. */
    public Notification announce(ChunkedReport report) {
        RunContext run = report.run();
        ChunkedStatus status = report.status();
        List<String> failedChecks = report.checks().stream()
                .filter(check -> !check.passed())
                .map(Check::name)
                .toList();
        Map<String, @Nullable Object> fields = fields(run, report.result().name());
        fields.put("chunks", status.chunks());
        fields.put("chunks_done", status.done());
        fields.put("chunks_failed", status.failed());
        fields.put("rows", status.rowsPlanned());
        fields.put("rows_updated", status.updated());
        fields.put("rows_marked", status.marked());
        fields.put("rows_unseen", status.unseen());
        fields.put("rows_without_key", status.rowsWithoutKey());
        fields.put("rows_resolved", report.resolved());
        fields.put("failures", report.failures());
        fields.put("failed_checks", failedChecks);
        String next = report.result() == ChunkedReport.Result.OK
                ? ""
                : " Mend what is named below; `trust-pipeline redrive " + run.runId() + "` does the rest.";
        return new Notification(
                run.runId(),
                report.result().name(),
                report.endedAt(),
                "Chunked update " + report.result() + ": run " + run.runId(),
                "Run %s of %s: %d of %d chunks are done, %,d rows updated, %,d not found again.%s"
                        .formatted(
                                run.runId(),
                                run.runDate(),
                                status.done(),
                                status.chunks(),
                                status.updated(),
                                status.unseen(),
                                next),
                fields,
                run.email());
    }

    /** The message of a run that was cut short by something other than its chunks. */
    public Notification failed(RunContext run, ExitCode exitCode, String reason) {
        Map<String, @Nullable Object> fields = fields(run, "FAILED");
        fields.put("error", exitCode.name());
        fields.put("exit_code", exitCode.status());
        fields.put("reason", reason);
        return new Notification(
                run.runId(),
                "FAILED",
                clock.instant(),
                "Chunked update FAILED: run " + run.runId(),
                "Run %s of %s stopped before its end; chunks that are done stay done.%n%n%s%n%nMend the cause and send the same request again."
                        .formatted(run.runId(), run.runDate(), reason),
                fields,
                run.email());
    }

    private static Map<String, @Nullable Object> fields(RunContext run, String result) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", run.runId());
        fields.put("run_date", run.runDate().toString());
        fields.put("result", result);
        fields.put("notify_email", run.email());
        return fields;
    }
}
