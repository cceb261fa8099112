package io.trustpipeline.notify;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunJournal;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.Subscription;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notify stage: what people are told about a committed run, and the mark that they were. */
public final class Announcer {
    private static final int RUNS_NAMED = 5;

    private final RunJournal journal;

    public Announcer(RunJournal journal) {
        this.journal = journal;
    }

    /** The message of a committed run. */
    public Notification announce(Run run) {
        Manifest manifest = journal.manifest(run);
        // Its place, though it may have to be made up for: the message of a run is the same however often it is sent.
        String report = run.layout().uri(run.layout().reportKey());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", manifest.runId());
        fields.put("run_date", manifest.runDate().toString());
        fields.put("up_id", manifest.upId());
        fields.put("raw_prefix", manifest.rawPrefix());
        fields.put("scored_prefix", manifest.scoredPrefix());
        fields.put("notify_email", manifest.email());
        fields.put("rows", rows(manifest));
        fields.put("spans", manifest.spans());
        fields.put("already_scored_in", alreadyScoredIn(run, manifest));
        fields.put("report", report);
        fields.put("look_closer", lookCloser(manifest));
        return new Notification(
                manifest.runId(),
                "COMMITTED",
                manifest.committedAt(),
                "Trust scoring done: run " + manifest.runId(),
                summary(run, manifest, report),
                fields,
                manifest.email());
    }

    /** The message of a run that could not be carried to its end. */
    public Notification failed(RunRequest request, Instant when, ExitCode exitCode, String reason) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", request.runId());
        fields.put("run_date", request.runDate().toString());
        fields.put("up_id", request.upId());
        fields.put("notify_email", request.email());
        fields.put("error", exitCode.name());
        fields.put("exit_code", exitCode.status());
        fields.put("reason", reason);
        return new Notification(
                request.runId(),
                "FAILED",
                when,
                "Trust scoring failed: run " + request.runId(),
                "Run %s of %s for up_id %d stopped before its end; nothing of it is published.%n%n%s%n%nMend the cause and send the same request again: it goes on where it stopped.%n"
                        .formatted(request.runId(), request.runDate(), request.upId(), reason),
                fields,
                request.email());
    }

    /** The message went out; {@code recipient} says whether the person that the run names could hear it. */
    public Run announced(Run run, @Nullable Subscription recipient) {
        KillPoint.AFTER_NOTIFICATION.pass();
        Run notified = journal.notified(run, recipient);
        KillPoint.AFTER_NOTIFIED.pass();
        return notified;
    }

    /** The sentences that a person reads first. */
    private static String summary(Run run, Manifest manifest, String report) {
        StringBuilder text = new StringBuilder();
        text.append("Run ")
                .append(manifest.runId())
                .append(" of ")
                .append(manifest.runDate())
                .append(" for up_id ")
                .append(manifest.upId())
                .append(" is done.\n\n");
        text.append(
                "%,d comments were exported (%s).\n".formatted(manifest.rows().exported(), manifest.rawPrefix()));
        text.append("already scored %,d (found in %s), scored %,d now (found in %s), rejected %,d, empty %,d.\n"
                .formatted(
                        manifest.rows().alreadyScored(),
                        places(alreadyScoredIn(run, manifest)),
                        manifest.rows().scored(),
                        manifest.scoredPrefix(),
                        manifest.rows().rejected(),
                        manifest.rows().empty()));
        text.append("Spans found:");
        manifest.spans().forEach((theme, count) -> text.append(" %s %,d;".formatted(theme, count)));
        text.setCharAt(text.length() - 1, '.');
        text.append("\n\nThe report: ").append(report);
        text.append("\n\nTo look closer:\n");
        lookCloser(manifest)
                .forEach(command -> text.append("  ").append(command).append('\n'));
        return text.append(hearing(manifest)).toString();
    }

    /** Known only after the message went out, so it is no part of the message. */
    private static String hearing(Manifest manifest) {
        @Nullable Subscription subscription = manifest.subscription();
        if (subscription == null) {
            return "";
        }
        return switch (subscription) {
            case CONFIRMED -> "";
            case PENDING ->
                "\n%s has not confirmed yet: SNS sent a mail with a link, and messages arrive once it was followed.\n"
                        .formatted(manifest.email());
            case REFUSED ->
                "\n%s could not be subscribed to the messages; the log says why.\n".formatted(manifest.email());
        };
    }

    private static String places(Map<String, Long> runs) {
        if (runs.isEmpty()) {
            return "no earlier run";
        }
        List<String> places = new ArrayList<>();
        runs.forEach((prefix, rows) -> {
            if (places.size() < RUNS_NAMED) {
                places.add("%s: %,d".formatted(prefix, rows));
            }
        });
        int more = runs.size() - places.size();
        return String.join("; ", places) + (more > 0 ? "; and %,d more".formatted(more) : "");
    }

    private static Map<String, Long> alreadyScoredIn(Run run, Manifest manifest) {
        Map<String, Long> prefixes = new LinkedHashMap<>();
        manifest.alreadyScoredIn()
                .forEach((runId, rows) -> prefixes.put(run.layout().scoredUriOf(runId), rows));
        return prefixes;
    }

    private static Map<String, Long> rows(Manifest manifest) {
        Map<String, Long> rows = new LinkedHashMap<>();
        rows.put("exported", manifest.rows().exported());
        rows.put("scored", manifest.rows().scored());
        rows.put("already_scored", manifest.rows().alreadyScored());
        rows.put("rejected", manifest.rows().rejected());
        rows.put("empty", manifest.rows().empty());
        return rows;
    }

    private static List<String> lookCloser(Manifest manifest) {
        return List.of(
                "trust-pipeline status " + manifest.runId(),
                "trust-pipeline verify " + manifest.runId(),
                "trust-pipeline explain <comment_unique_key>");
    }
}
