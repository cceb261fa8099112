package io.trustpipeline.credits.jobs;

/** How far a message got. */
public enum MessageState {
    /** Has links; nothing was done yet. */
    RECEIVED,
    /** Is a request without a link, and was told so. */
    AWAITING_LINK,
    COMPUTING,
    /** Has an amount that nobody was told. */
    COMPUTED,
    /** Has an amount that a person must agree to. */
    HELD,
    /** The reply is in the thread. */
    POSTED,
    DONE,
    /** Nothing that credits are given for, or nobody added a link. */
    SKIPPED,
    /** Did not work; worth another try while there is a time for it. */
    FAILED;

    boolean isEnd() {
        return this == DONE || this == SKIPPED;
    }
}
