package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Optional;

/**
 * The order in which the runs of a client commit: numbered objects without a gap, each put if absent by the run whose
 * turn it is. Two runs may look at the ledger at the same moment and find nothing of each other; they cannot take the
 * same turn, so the later one sees what the earlier one scored before it may publish anything. Turns are read one by
 * one, because a list may be older than an object.
 */
final class CommitTurns {
    private final RunObjects objects;

    CommitTurns(RunObjects objects) {
        this.objects = objects;
    }

    /** One turn of a client. */
    private record Turn(@JsonProperty("run_id") String runId) {}

    /** The run that has a turn; the first turn is number 1. */
    Optional<String> holder(RunLayout layout, int number) {
        return objects.read(layout.turn(number), Turn.class).map(Turn::runId);
    }

    /** Takes a turn. Its receipts must stand, because from here on anybody may finish the run. */
    boolean take(RunLayout layout, int number) {
        return objects.create(layout.turn(number), new Turn(layout.request().runId()));
    }
}
