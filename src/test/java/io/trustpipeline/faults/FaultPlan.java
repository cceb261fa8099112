package io.trustpipeline.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Which exchanges a fault falls on: those whose call matches, from one of them on, so many in a row. Thread-safe.
 */
public final class FaultPlan {
    private final HttpFault fault;
    private final Pattern call;
    private final int skip;
    private final int times;
    private final AtomicInteger met = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile boolean healed;

    /**
     * @param call found in a method and target such as {@code GET /bucket/key}
     * @param skip how many matching exchanges pass before
     * @param times how many are hit then
     */
    public FaultPlan(HttpFault fault, String call, int skip, int times) {
        this.fault = fault;
        this.call = Pattern.compile(call);
        this.skip = skip;
        this.times = times;
    }

    HttpFault fault() {
        return fault;
    }

    boolean strikes(HttpHead request) {
        if (healed || !call.matcher(request.call()).find()) {
            return false;
        }
        int number = met.getAndIncrement();
        boolean hit = number >= skip && number - skip < times;
        if (hit) {
            struck.incrementAndGet();
        }
        return hit;
    }

    /** From now on everything works. */
    public void heal() {
        healed = true;
    }

    /** How many exchanges were hit. */
    public int struck() {
        return struck.get();
    }
}
