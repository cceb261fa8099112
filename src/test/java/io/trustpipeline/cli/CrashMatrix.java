package io.trustpipeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which trials a pipeline goes through; fewer where each takes several processes. Killed at every place in turn, a run
 * recovers all the time. The same seed gives the same trials.
 */
final class CrashMatrix {
    private static final int RANDOM_TRIALS = 8;
    private static final int RANDOM_KILLS = 6;

    private CrashMatrix() {}

    /** @param duration of an uninterrupted run in milliseconds, within which random kills fall */
    static List<CrashTrial> trials(CrashSubject.Pipeline pipeline, int repetitions, long duration, long seed) {
        Random random = new Random(seed);
        List<String> places = pipeline.killPoints();
        List<CrashTrial> trials = new ArrayList<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (String place : places) {
                trials.add(new CrashTrial(pipeline, "once", at(List.of(place)), true));
                if (pipeline.processes() == 1) {
                    trials.add(new CrashTrial(pipeline, "twice in a row", at(List.of(place, place)), false));
                }
            }
            trials.add(new CrashTrial(pipeline, "at every place in turn", at(places), false));
        }
        for (int trial = 0; trial < RANDOM_TRIALS / pipeline.processes(); trial++) {
            List<Kill> kills = new ArrayList<>();
            for (int kill = 0; kill < RANDOM_KILLS; kill++) {
                kills.add(new Kill.After(random.nextLong(duration)));
            }
            trials.add(new CrashTrial(pipeline, "at random moments", kills, false));
        }
        return trials;
    }

    private static List<Kill> at(List<String> places) {
        List<Kill> kills = new ArrayList<>();
        for (String place : places) {
            kills.add(new Kill.At(place));
        }
        return kills;
    }
}
