package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The small records of a committed run, compared with its manifest: request, export, plan, receipts, and what is listed. */
final class RunRecords {
    private final RunObjects objects;
    private final Run run;
    private final RunLayout layout;
    private final Manifest manifest;
    private final Differences differences;

    RunRecords(ObjectStore store, Run run, Manifest manifest, Differences differences) {
        this.objects = new RunObjects(store);
        this.run = run;
        this.layout = run.layout();
        this.manifest = manifest;
        this.differences = differences;
    }

    /** What can be counted from: the plan, and the receipts of all its shards. */
    record Sound(Plan plan, List<Receipt> receipts) {}

    /** Notes every difference; empty when the plan or a receipt is not there. */
    Optional<Sound> compare() {
        request();
        if (manifest.state() == RunState.STARTED) {
            differences.add("state: the manifest says STARTED, but only a committed run has one");
        }
        RowCounts rows = manifest.rows();
        same(
                "conservation law, rows.exported",
                rows.exported(),
                "the sum of the others",
                rows.scored() + rows.alreadyScored() + rows.rejected() + rows.empty());
        same("ledger", manifest.ledger().key(), "the layout", layout.ledger());
        strangers(layout.scoredPrefix(), manifest.scored());
        Optional<Export> export = read(layout.exportKey(), Export.class);
        export.ifPresent(found -> same("raw", manifest.raw(), layout.exportKey(), found.objects()));
        Optional<Plan> plan = read(layout.planKey(), Plan.class);
        plan.ifPresent(this::plan);
        return plan.flatMap(this::receipts);
    }

    private void request() {
        RunRequest request = run.request();
        String key = RunLayout.requestKey(layout.prefix(), request.runId());
        same("run_id", manifest.runId(), key, request.runId());
        same("run_date", manifest.runDate(), key, request.runDate());
        same("up_id", manifest.upId(), key, request.upId());
        same("email", manifest.email(), key, request.email());
        same("redrive_of", manifest.redriveOf(), key, request.redriveOf());
        same("recut_of", manifest.recutOf(), key, request.recutOf());
        same("raw_prefix", manifest.rawPrefix(), "the layout", layout.uri(layout.rawPrefix()));
        same("scored_prefix", manifest.scoredPrefix(), "the layout", layout.uri(layout.scoredPrefix()));
    }

    private void plan(Plan plan) {
        String key = layout.planKey();
        same("themes", manifest.themes(), key, plan.themes());
        same("pattern_check_date", manifest.patternCheckDate(), key, plan.patternCheckDate());
        same("engine", manifest.engine(), key, plan.engine());
        same("certificate", manifest.certificate(), key, plan.certificate());
        same("already_scored_in", manifest.alreadyScoredIn(), key, plan.alreadyScoredIn());
        same(
                "raw",
                manifest.raw(),
                key,
                plan.shards().stream().map(Plan.Shard::raw).toList());
    }

    private Optional<Sound> receipts(Plan plan) {
        List<Receipt> receipts = new ArrayList<>();
        for (Plan.Shard shard : plan.shards()) {
            String key = layout.receipt(shard.number());
            read(key, Receipt.class).ifPresent(receipt -> {
                belongs(key, receipt, shard, plan.shards().size());
                receipts.add(receipt);
            });
        }
        if (receipts.size() < plan.shards().size()) {
            return Optional.empty();
        }
        same("rows", manifest.rows(), "the receipts", Receipt.rows(receipts));
        same("spans", manifest.spans(), "the receipts", Receipt.spans(plan, receipts));
        List<StoredObject> scored = receipts.stream().map(Receipt::scored).toList();
        same("scored", manifest.scored(), "the receipts", scored);
        List<StoredObject> rejected = receipts.stream()
                .flatMap(receipt -> receipt.rejected().stream())
                .toList();
        same("rejected", manifest.rejected(), "the receipts", rejected);
        return Optional.of(new Sound(plan, receipts));
    }

    /** A receipt speaks of the shard after which it is named, of all its rows, and of that shard's objects. */
    private void belongs(String key, Receipt receipt, Plan.Shard shard, int shards) {
        String part = RunLayout.part(shard.number(), shards);
        List<String> wrong = new ArrayList<>();
        if (receipt.shard() != shard.number()) {
            wrong.add("shard " + receipt.shard());
        }
        if (receipt.rows().exported() != shard.raw().rows()) {
            wrong.add(receipt.rows().exported() + " rows of " + shard.raw().rows());
        }
        if (!receipt.scored().key().equals(layout.scoredPrefix() + part)) {
            wrong.add(receipt.scored().key());
        }
        receipt.rejected().stream()
                .filter(rejected -> !rejected.key().equals(layout.rejected(shard.number(), shards, rejected.sha256())))
                .forEach(rejected -> wrong.add(rejected.key()));
        if (!wrong.isEmpty()) {
            differences.add(key + ": is a receipt of something else: " + String.join(", ", wrong));
        }
    }

    /** Nobody but the run writes below its prefixes, and the run names all that it writes there. */
    private void strangers(String prefix, List<StoredObject> named) {
        Set<String> keys = new HashSet<>();
        named.forEach(object -> keys.add(object.key()));
        for (String key : objects.keys(prefix)) {
            if (!keys.contains(key)) {
                differences.add(key + ": stands there, but the manifest does not name it");
            }
        }
    }

    private <T> Optional<T> read(String key, Class<T> type) {
        try {
            Optional<T> found = objects.read(key, type);
            if (found.isEmpty()) {
                differences.add(key + ": is missing; restore it");
            }
            return found;
        } catch (PipelineException e) {
            if (e.exitCode() != ExitCode.DATA_REFUSED) {
                throw e;
            }
            differences.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void same(String what, @Nullable Object said, String where, @Nullable Object found) {
        differences.compare(what, said, where, found);
    }
}
