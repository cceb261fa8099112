package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.util.stream.Collectors.joining;

/**
 * The commit stage. Data objects are in the store and verified, each with its receipt; now the conservation law is
 * checked, then the run takes its turn among the client's runs, then the ledger says what was scored, then the manifest
 * says that the run counts, in this order. Each step works from the store alone, so that anyone may finish what another
 * began.
 */
public final class Committer {
    private static final int SHARDS_NAMED = 20;

    private final ObjectStore store;
    private final RunObjects objects;
    private final Workspace workspace;
    private final Ledger ledger;
    private final CommitTurns turns;
    private final String pipeline;
    private final StageTimes times;
    private final Clock clock;

    /** @param times of the run that this attempt commits */
    public Committer(ObjectStore store, Workspace workspace, String pipeline, StageTimes times, Clock clock) {
        this(store, workspace, new Ledger(store, workspace), pipeline, times, clock);
    }

    Committer(ObjectStore store, Workspace workspace, Ledger ledger, String pipeline, StageTimes times, Clock clock) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.workspace = workspace;
        this.ledger = ledger;
        this.turns = new CommitTurns(objects);
        this.pipeline = pipeline;
        this.times = times;
        this.clock = clock;
    }

    /** Commits a run whose shards all have receipts. */
    public Run commit(Planned planned) {
        Run run = planned.run();
        List<Receipt> receipts = receipts(run.layout(), planned.plan());
        RowCounts rows = rows(planned.export(), receipts);
        KillPoint.BEFORE_TURN.pass();
        takeTurn(run, planned.plan());
        KillPoint.AFTER_TURN.pass();
        ledger.write(run, planned.plan(), receipts);
        KillPoint.AFTER_LEDGER.pass();
        Manifest manifest = publish(
                run,
                planned.export(),
                planned.plan(),
                receipts,
                rows,
                times.took(planned.export().rows()));
        KillPoint.AFTER_COMMITTED.pass();
        return run.in(manifest.state());
    }

    /**
     * Waits for nobody: the run takes the first turn that is free, after it has made sure that no run with a turn before
     * scored what it was to score. An attempt may have been cut off for days.
     *
     * @throws PipelineException DATA_REFUSED naming the run that came before; nothing of this one is published then
     */
    private void takeTurn(Run run, Plan plan) {
        String runId = run.request().runId();
        for (int turn = plan.ledgers().size() + 1; ; turn++) {
            if (turns.take(run.layout(), turn)) {
                return;
            }
            String holder = turns.holder(run.layout(), turn).orElseThrow();
            if (holder.equals(runId)) {
                return;
            }
            ledger.requireDisjoint(run, plan, carriedOver(run.layout(), holder));
        }
    }

    /** The manifests of the client's committed runs, in the order of their turns. */
    List<Manifest> committed(RunLayout layout) {
        List<Manifest> manifests = new ArrayList<>();
        for (Optional<String> runId = turns.holder(layout, 1);
                runId.isPresent();
                runId = turns.holder(layout, manifests.size() + 1)) {
            manifests.add(carriedOver(layout, runId.get()));
        }
        return manifests;
    }

    /**
     * The manifest of a run that has a turn. If the run was cut off after it took it, its ledger object and manifest are
     * written now: else its rows would be neither visible nor scored again.
     */
    private Manifest carriedOver(RunLayout neighbour, String runId) {
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
        List<Receipt> receipts = receipts(layout, plan);
        ledger.write(run, plan, receipts);
        Manifest published = publish(run, export, plan, receipts, rows(export, receipts), null);
        workspace.clear(run);
        return published;
    }

    /** @param took what it took to commit; null when another run finishes what was cut off */
    private Manifest publish(
            Run run, Export export, Plan plan, List<Receipt> receipts, RowCounts rows, @Nullable StageFigures took) {
        RunLayout layout = run.layout();
        Estimate estimate = objects.read(layout.estimateKey(), Estimate.class).orElse(null);
        Attempt first = objects.read(layout.attempt(1), Attempt.class).orElseThrow(() -> missing(layout.attempt(1)));
        Manifest manifest = new Manifest(
                Manifest.SCHEMA_VERSION,
                pipeline,
                run.request().runId(),
                run.request().runDate(),
                run.request().upId(),
                run.request().email(),
                RunState.COMMITTED,
                rows,
                Receipt.spans(plan, receipts),
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
                plan.certificate(),
                first.startedAt(),
                clock.instant(),
                null,
                null,
                run.attempt(),
                StageRecord.of(export, plan, receipts, took, estimate),
                run.request().redriveOf(),
                null,
                run.request().recutOf());
        return objects.create(layout.manifestKey(), manifest)
                ? manifest
                : objects.read(layout.manifestKey(), Manifest.class).orElseThrow();
    }

    private static RowCounts rows(Export export, List<Receipt> receipts) {
        RowCounts counted = Receipt.rows(receipts);
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
