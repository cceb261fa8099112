package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static java.util.stream.Collectors.joining;

/**
 * The commit stage. Data objects are in the store and verified, each with its receipt; now the conservation law is
 * checked, then the ledger says what was scored, then the manifest says that the run counts, in this order. Each step
 * works from the store alone, so that anyone may finish what another began.
 */
public final class Committer {
    private static final int SHARDS_NAMED = 20;

    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;
    private final Ledger ledger;
    private final String pipeline;
    private final Clock clock;

    public Committer(ObjectStore store, Workspace workspace, String pipeline, Clock clock) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.ledger = new Ledger(store, workspace);
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /** Commits a run whose shards all have receipts. */
    public Run commit(Planned planned) {
        Run run = planned.run();
        List<Receipt> receipts = receipts(run.layout(), planned.plan());
        rows(planned.export(), receipts);
        ledger.requireNotOvertaken(run, planned.plan());
        KillPoint.BEFORE_LEDGER.pass();
        ledger.write(run, planned.plan(), receipts);
        KillPoint.AFTER_LEDGER.pass();
        publish(run.layout(), run, planned.export(), planned.plan());
        KillPoint.AFTER_COMMITTED.pass();
        return run.in(RunState.COMMITTED);
    }

    /** The manifest of a run whose ledger object exists; published now if the run was cut off before. */
    Manifest carriedOver(RunLayout neighbour, String runId) {
        String requestKey = RunLayout.requestKey(neighbour.prefix(), runId);
        RunRequest request = objects.read(requestKey, RunRequest.class).orElseThrow(() -> missing(requestKey));
        RunLayout layout = new RunLayout(neighbour.bucket(), neighbour.prefix(), request);
        Optional<Manifest> manifest = objects.read(layout.manifestKey(), Manifest.class);
        if (manifest.isPresent()) {
            return manifest.get();
        }
        Export export = objects.read(layout.exportKey(), Export.class).orElseThrow(() -> missing(layout.exportKey()));
        Plan plan = objects.read(layout.planKey(), Plan.class).orElseThrow(() -> missing(layout.planKey()));
        Run run = new Run(
                request,
                layout,
                RunState.STARTED,
                objects.keys(layout.attemptsPrefix()).size());
        Manifest published = publish(layout, run, export, plan);
        workspace.clear(run);
        return published;
    }

    private Manifest publish(RunLayout layout, Run run, Export export, Plan plan) {
        List<Receipt> receipts = receipts(layout, plan);
        Map<String, Long> spans = new TreeMap<>();
        receipts.forEach(receipt -> receipt.spans().forEach((theme, count) -> spans.merge(theme, count, Long::sum)));
        plan.themes().forEach(theme -> spans.putIfAbsent(theme.name(), 0L));
        Attempt first = objects.read(layout.attempt(1), Attempt.class).orElseThrow(() -> missing(layout.attempt(1)));
        Manifest manifest = new Manifest(
                Manifest.SCHEMA_VERSION,
                pipeline,
                run.request().runId(),
                run.request().runDate(),
                run.request().upId(),
                run.request().email(),
                RunState.COMMITTED,
                rows(export, receipts),
                spans,
                plan.alreadyScoredIn(),
                layout.uri(layout.rawPrefix()),
                layout.uri(layout.scoredPrefix()),
                export.objects(),
                receipts.stream().map(Receipt::scored).toList(),
                receipts.stream()
                        .flatMap(receipt -> receipt.rejected().stream())
                        .toList(),
                workspace.readBack(run, store, layout.ledger()),
                plan.themes(),
                plan.patternCheckDate(),
                plan.engine(),
                first.startedAt(),
                clock.instant(),
                null,
                run.attempt());
        return objects.create(layout.manifestKey(), manifest)
                ? manifest
                : objects.read(layout.manifestKey(), Manifest.class).orElseThrow();
    }

    private static RowCounts rows(Export export, List<Receipt> receipts) {
        RowCounts counted = receipts.stream().map(Receipt::rows).reduce(RowCounts.NONE, RowCounts::plus);
        return new RowCounts(
                        export.rows(), counted.scored(), counted.alreadyScored(), counted.rejected(), counted.empty())
                .conserved("commit");
    }

    private List<Receipt> receipts(RunLayout layout, Plan plan) {
        List<Receipt> receipts = new ArrayList<>();
        List<Integer> notDone = new ArrayList<>();
        for (Plan.Shard shard : plan.shards()) {
            objects.read(layout.receipt(shard.number()), Receipt.class)
                    .ifPresentOrElse(receipts::add, () -> notDone.add(shard.number()));
        }
        if (!notDone.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "run_id: \"" + layout.request().runId() + "\" cannot commit: " + notDone.size() + " of its "
                            + plan.shards().size() + " shards are not done ("
                            + notDone.stream()
                                    .limit(SHARDS_NAMED)
                                    .map(String::valueOf)
                                    .collect(joining(", "))
                            + (notDone.size() > SHARDS_NAMED ? ", …" : "")
                            + "); send the same request again, and they alone are scored");
        }
        return receipts;
    }

    private static PipelineException missing(String key) {
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                key + ": is missing though the run went past it; restore it, or use a new run_id");
    }
}
