package io.trustpipeline.cli;

import io.trustpipeline.faults.HttpFault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A fault that falls on one call of the storage or the topic. */
record ServiceFault(HttpFault fault, String what, String call) {
    private static final Map<String, String> WRITES = new TreeMap<>(Map.of(
            "the request", "PUT .*/request\\.json",
            "a raw object", "PUT .*/raw/",
            "the plan", "PUT .*/plan\\.json",
            "a scored object", "PUT .*/scored/",
            "a receipt", "PUT .*/claims/part-",
            "the turn", "PUT .*/ledger/turns/",
            "the ledger", "PUT .*/ledger/up_id.*\\.parquet",
            "the manifest", "PUT .*/manifest\\.json"));

    private static final Map<String, String> READS = new TreeMap<>(Map.of(
            "a raw object", "GET .*/raw/",
            "a scored object", "GET .*/scored/",
            "the ledger", "GET .*/ledger/up_id.*\\.parquet",
            "the manifest", "GET .*/manifest\\.json",
            "the turn", "GET .*/ledger/turns/"));

    static List<ServiceFault> ofStorage() {
        List<ServiceFault> faults = new ArrayList<>();
        for (HttpFault fault : List.of(
                HttpFault.ANSWER_503,
                HttpFault.ANSWER_409,
                HttpFault.ANSWER_412,
                HttpFault.RESET_IN_REQUEST,
                HttpFault.LOST_ANSWER)) {
            WRITES.forEach((what, call) -> faults.add(new ServiceFault(fault, "write " + what, call)));
        }
        for (HttpFault fault : List.of(HttpFault.ANSWER_500, HttpFault.RESET_IN_ANSWER, HttpFault.SLOW)) {
            READS.forEach((what, call) -> faults.add(new ServiceFault(fault, "read " + what, call)));
        }
        String list = "GET .*list-type=2";
        faults.add(new ServiceFault(HttpFault.ANSWER_503, "list the attempts", list));
        faults.add(new ServiceFault(HttpFault.STALE_LIST, "list the attempts", list));
        faults.add(new ServiceFault(HttpFault.ANSWER_500, "look up the ledger", "HEAD .*/ledger/"));
        faults.add(new ServiceFault(HttpFault.CLOCK_SKEW, "write the plan", WRITES.get("the plan")));
        faults.add(new ServiceFault(HttpFault.CLOCK_SKEW, "read the manifest", READS.get("the manifest")));
        return faults;
    }

    static List<ServiceFault> ofTopic() {
        return List.of(
                        HttpFault.THROTTLE,
                        HttpFault.ANSWER_503,
                        HttpFault.SLOW,
                        HttpFault.RESET_IN_REQUEST,
                        HttpFault.LOST_ANSWER)
                .stream()
                .map(fault -> new ServiceFault(fault, "publish", "POST /"))
                .toList();
    }

    /** How many exchanges in a row: once, a few times, or for as long as anybody tries. */
    static int times(long seed) {
        return switch ((int) (seed % 3)) {
            case 0 -> Integer.MAX_VALUE;
            case 1 -> 1;
            default -> 2 + new Random(seed).nextInt(3);
        };
    }
}
