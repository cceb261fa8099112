package io.trustpipeline.run.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The store and the processes at one moment.
 *
 * @param runs what the store holds of each run
 * @param turns the runs of the client in the order of their turns
 */
record World(List<Stored> runs, List<Integer> turns, List<Actor> actors) {

    World with(int run, Stored stored) {
        List<Stored> changed = new ArrayList<>(runs);
        changed.set(run, stored);
        return new World(List.copyOf(changed), turns, actors);
    }

    World withActor(int index, Actor actor) {
        List<Actor> changed = new ArrayList<>(actors);
        changed.set(index, actor);
        return new World(runs, turns, List.copyOf(changed));
    }

    World withTurn(int run) {
        List<Integer> changed = new ArrayList<>(turns);
        changed.add(run);
        return new World(runs, List.copyOf(changed), actors);
    }

    /** The rows that the ledger objects say are scored. */
    int ledgered() {
        int rows = 0;
        for (Stored run : runs) {
            rows |= run.ledger() ? run.plan() : 0;
        }
        return rows;
    }
}
