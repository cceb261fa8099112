package io.trustpipeline.run.model;

import io.trustpipeline.run.KillPoint;

/** The steps of the commit protocol, each named after the kill point where the program stands once it is done. */
enum Step {
    CLAIM(KillPoint.AFTER_CLAIM),
    WRITE_RAW_FILE(KillPoint.BEFORE_RAW_OBJECT),
    PUT_RAW(KillPoint.AFTER_RAW_OBJECT),
    FIX_EXPORT(KillPoint.AFTER_EXPORT),
    LOOK_INTO_LEDGER(KillPoint.AFTER_PLAN_PART),
    FIX_PLAN(KillPoint.AFTER_PLAN),
    SCORE(KillPoint.AFTER_FIRST_BATCH),
    FINISH_FILES(KillPoint.BEFORE_REJECTED_OBJECT),
    PUT_REJECTED(KillPoint.AFTER_REJECTED_OBJECT),
    GO_ON_TO_SCORED(KillPoint.BEFORE_SCORED_OBJECT),
    PUT_SCORED(KillPoint.AFTER_SCORED_OBJECT),
    PUT_RECEIPT(KillPoint.AFTER_RECEIPT),
    CHECK_CONSERVATION(KillPoint.BEFORE_TURN),
    TAKE_TURN(KillPoint.AFTER_TURN),
    PUT_LEDGER(KillPoint.AFTER_LEDGER),
    PUT_MANIFEST(KillPoint.AFTER_COMMITTED),
    SEND_MESSAGE(KillPoint.AFTER_NOTIFICATION),
    MARK_NOTIFIED(KillPoint.AFTER_NOTIFIED);

    private final KillPoint done;

    Step(KillPoint done) {
        this.done = done;
    }

    KillPoint done() {
        return done;
    }
}
