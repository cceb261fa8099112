package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.util.Optional;

/** The runs of a client that committed before another, by their turns. */
public final class EarlierRuns {
    private static final int LOOKED_AT = 20;

    private final RunObjects objects;
    private final CommitTurns turns;

    public EarlierRuns(ObjectStore store) {
        this.objects = new RunObjects(store);
        this.turns = new CommitTurns(objects);
    }

    /**
     * The last run before a committed one that asked the warehouse and scored something; a redrive says little of what
     * patients wrote. Turns never change, so the answer does not either.
     */
    public Optional<Manifest> lastThatScored(Run run) {
        int turn = turnOf(run);
        for (int earlier = turn - 1; earlier >= Math.max(1, turn - LOOKED_AT); earlier--) {
            Optional<Manifest> manifest = turns.holder(run.layout(), earlier)
                    .flatMap(runId ->
                            objects.read(RunLayout.manifestKey(run.layout().prefix(), runId), Manifest.class));
            if (manifest.isPresent()
                    && manifest.get().redriveOf() == null
                    && manifest.get().recutOf() == null
                    && manifest.get().rows().scored() > 0) {
                return manifest;
            }
        }
        return Optional.empty();
    }

    /** Every turn that was taken when the run was planned came before its own. */
    private int turnOf(Run run) {
        String key = run.layout().planKey();
        Plan plan = objects.read(key, Plan.class)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.DATA_REFUSED, key + ": is missing though the run went past it; restore it"));
        for (int turn = plan.ledgers().size() + 1; ; turn++) {
            Optional<String> holder = turns.holder(run.layout(), turn);
            if (holder.isEmpty() || holder.get().equals(run.request().runId())) {
                return turn;
            }
        }
    }
}
