package io.trustpipeline.run.model;

/**
 * A process at work on a run. All but the number of kills left is in its memory, and gone when it is killed.
 *
 * @param run the run's number
 * @param at how many steps of the protocol are done
 * @param plan the rows to score, as it planned them; a bit a row
 * @param turn how many of the client's turns it has looked at
 * @param end how it ended, if it did
 * @param kills how often it may still be killed and started again
 */
record Actor(int run, int at, int plan, int turn, End end, int kills) {
    enum End {
        RUNNING,
        DONE,
        OVERTAKEN
    }

    static Actor started(int run, int kills) {
        return new Actor(run, 0, 0, 0, End.RUNNING, kills);
    }

    Actor next() {
        return jump(at + 1);
    }

    Actor jump(int step) {
        return new Actor(run, step, plan, turn, end, kills);
    }

    Actor planned(int rows, int turns) {
        return new Actor(run, at, rows, turns, end, kills);
    }

    Actor lookedAtTurn() {
        return new Actor(run, at, plan, turn + 1, end, kills);
    }

    Actor ended(End how) {
        return new Actor(run, at, plan, turn, how, kills);
    }

    Actor killedAndStartedAgain() {
        return started(run, kills - 1);
    }
}
