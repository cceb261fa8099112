package io.trustpipeline.credits.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;

/** Why a query failed, which decides whether trying again can help (Presto's and Trino's ranges of error codes). */
enum QueryFailure {
    /** Memory, time or place in the queue of the cluster. */
    RESOURCES(true),
    /** No answer, or a connection that broke off. */
    CONNECTION(true),
    /** Somebody else cancelled it. */
    CANCELLED(true),
    /** The cluster's own or its sources' trouble. */
    INTERNAL(true),
    /** Our deadline, which another try would miss as well. */
    DEADLINE(false),
    /** The query, the user or a right is wrong. */
    REFUSED(false);

    private static final int INTERNAL_ERRORS = 0x1_0000;
    private static final int RESOURCE_ERRORS = 0x2_0000;
    private static final int EXTERNAL_ERRORS = 0x100_0000;
    private static final int USER_CANCELED = 3;
    private static final int ABANDONED_QUERY = 2;

    private final boolean worthARetry;

    QueryFailure(boolean worthARetry) {
        this.worthARetry = worthARetry;
    }

    boolean isWorthARetry() {
        return worthARetry;
    }

    static QueryFailure of(SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && state.startsWith("08") || hasBrokenConnection(failure)) {
            return CONNECTION;
        }
        int code = failure.getErrorCode();
        if (code >= EXTERNAL_ERRORS) {
            return INTERNAL;
        }
        if (code >= RESOURCE_ERRORS) {
            return RESOURCES;
        }
        if (code >= INTERNAL_ERRORS) {
            return INTERNAL;
        }
        return code == USER_CANCELED || code == ABANDONED_QUERY ? CANCELLED : REFUSED;
    }

    private static boolean hasBrokenConnection(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof UncheckedIOException) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
