package io.trustpipeline.features;

import io.trustpipeline.run.RunObjects;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides between runs of one day and dataset: the one that was claimed last has it, whatever order they work in. An
 * object a day, moved by compare-and-set.
 */
public final class FeatureLedger {
    private final RunObjects objects;

    public FeatureLedger(RunObjects objects) {
        this.objects = objects;
    }

    /** Takes the day for this run; empty when a run that was claimed later has it. */
    Optional<LedgerEntry> begin(FeatureRun run) {
        String key = FeatureLayout.ledger(run.request());
        LedgerEntry first = entry(run, 1, List.of());
        if (objects.create(key, first)) {
            return Optional.of(first);
        }
        LedgerEntry entry = objects.advance(key, LedgerEntry.class, now -> next(run, now));
        return Optional.of(entry).filter(now -> isOf(run, now));
    }

    private static LedgerEntry next(FeatureRun run, LedgerEntry now) {
        if (isOf(run, now) || now.claimedAt().isAfter(run.claimedAt())) {
            return now;
        }
        List<String> before = new ArrayList<>(now.before());
        before.add(now.runId());
        return entry(run, now.generation() + 1, before);
    }

    private static LedgerEntry entry(FeatureRun run, long generation, List<String> before) {
        return new LedgerEntry(
                generation,
                run.request().runId(),
                run.claimedAt(),
                before,
                run.features().computed().customers(),
                false,
                false);
    }

    /** The entry while this run has the day; empty when it lost it. */
    Optional<LedgerEntry> held(FeatureRun run) {
        return read(run.request()).filter(now -> isOf(run, now));
    }

    /** Who has the day of a request. */
    public Optional<LedgerEntry> read(FeatureRequest request) {
        return objects.read(FeatureLayout.ledger(request), LedgerEntry.class);
    }

    void advance(FeatureRun run, UnaryOperator<LedgerEntry> step) {
        objects.advance(
                FeatureLayout.ledger(run.request()), LedgerEntry.class, now -> isOf(run, now) ? step.apply(now) : now);
    }

    private static boolean isOf(FeatureRun run, LedgerEntry entry) {
        return entry.runId().equals(run.request().runId());
    }
}
