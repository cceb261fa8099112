package io.trustpipeline.run.model;

/**
 * What the store holds of one run.
 *
 * @param exported its rows; a bit a row
 * @param plan the rows that {@code plan.json} says to score, or -1 while there is none
 * @param turns the turns that the plan took into account
 * @param sent whether a message went out; a second one is the same message
 */
record Stored(
        int exported,
        boolean raw,
        boolean export,
        int plan,
        int turns,
        boolean rejected,
        boolean scored,
        boolean receipt,
        boolean ledger,
        State manifest,
        boolean sent) {
    enum State {
        NONE,
        COMMITTED,
        NOTIFIED
    }

    static Stored nothing(int rows) {
        return new Stored(rows, false, false, -1, 0, false, false, false, false, State.NONE, false);
    }

    Stored withRaw() {
        return new Stored(exported, true, export, plan, turns, rejected, scored, receipt, ledger, manifest, sent);
    }

    Stored withExport() {
        return new Stored(exported, raw, true, plan, turns, rejected, scored, receipt, ledger, manifest, sent);
    }

    Stored withPlan(int rows, int seen) {
        return plan >= 0
                ? this
                : new Stored(exported, raw, export, rows, seen, rejected, scored, receipt, ledger, manifest, sent);
    }

    Stored withRejected() {
        return new Stored(exported, raw, export, plan, turns, true, scored, receipt, ledger, manifest, sent);
    }

    Stored withScored() {
        return new Stored(exported, raw, export, plan, turns, rejected, true, receipt, ledger, manifest, sent);
    }

    Stored withReceipt() {
        return new Stored(exported, raw, export, plan, turns, rejected, scored, true, ledger, manifest, sent);
    }

    Stored withLedger() {
        return new Stored(exported, raw, export, plan, turns, rejected, scored, receipt, true, manifest, sent);
    }

    Stored withMessage() {
        return new Stored(exported, raw, export, plan, turns, rejected, scored, receipt, ledger, manifest, true);
    }

    Stored withManifest(State state) {
        return manifest.compareTo(state) >= 0
                ? this
                : new Stored(exported, raw, export, plan, turns, rejected, scored, receipt, ledger, state, sent);
    }

    /** Whether a reader, who looks at the manifest, sees the run. */
    boolean visible() {
        return manifest != State.NONE;
    }
}
