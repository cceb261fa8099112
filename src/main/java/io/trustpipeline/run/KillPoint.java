package io.trustpipeline.run;

/**
 * A named place between two steps of the commit protocol where a crash test stops this process and kills it from
 * outside. Without {@code TRUST_PAUSE_AT} in the environment it costs one comparison.
 */
public enum KillPoint {
    AFTER_CLAIM,
    BEFORE_RAW_OBJECT,
    AFTER_RAW_OBJECT,
    AFTER_EXPORT,
    AFTER_PLAN_PART,
    AFTER_PLAN,
    AFTER_FIRST_BATCH,
    BEFORE_REJECTED_OBJECT,
    AFTER_REJECTED_OBJECT,
    BEFORE_SCORED_OBJECT,
    AFTER_SCORED_OBJECT,
    AFTER_RECEIPT,
    BEFORE_TURN,
    AFTER_TURN,
    AFTER_LEDGER,
    AFTER_COMMITTED,
    AFTER_NOTIFICATION,
    AFTER_NOTIFIED;

    private static final String[] PAUSE_AT =
            System.getenv().getOrDefault("TRUST_PAUSE_AT", "").split(":");

    /**
     * Passes, unless a crash test asked to be stopped here: then says so and waits to be killed, or for the milliseconds
     * that stand behind the name.
     */
    public void pass() {
        pass(name());
    }

    /** Passes a place that has a name of its own, such as one before a statement that somebody declared. */
    public static void pass(String place) {
        if (PAUSE_AT[0].equals(place)) {
            System.out.println("paused at " + place);
            System.out.flush();
            try {
                Thread.sleep(PAUSE_AT.length > 1 ? Long.parseLong(PAUSE_AT[1]) : Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
