package io.trustpipeline.run;

/** How far a run has come. Readers of its output need {@code COMMITTED} or later. */
public enum RunState {
    /** Claimed; nothing of it counts yet. The same request resumes it. */
    STARTED,
    /** Its objects and its ledger are complete and verified. */
    COMMITTED,
    /** Committed, and people were told. */
    NOTIFIED
}
