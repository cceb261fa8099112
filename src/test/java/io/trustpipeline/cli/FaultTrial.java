package io.trustpipeline.cli;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request with one fault around it: it must come to its right end, or stop with an error that is documented and come to
 * its right end when it is started again without the fault.
 */
interface FaultTrial {
    int AT_ONCE = 3;

    /** Lets a process run while the fault lasts. @return how it ended */
    ProgramProcess.Ended faulty() throws Exception;

    /** How often the fault fell. */
    int struck();

    /** Lets a process run when the fault is over. */
    ProgramProcess.Ended healed() throws Exception;

    /** Everything that the request leaves for others, but what was told of attempts that failed. */
    Object finalState() throws Exception;

    /**
     * What came of a trial.
     *
     * @param pair the fault and the call that it fell on
     * @param problem null when all was as it should be
     */
    record Outcome(
            String pair,
            String how,
            int struck,
            int status,
            String said,
            @Nullable String problem) {}

    /** @param right the final state of a request without a fault */
    default Outcome run(String pair, String how, NamedErrors documented, Object right) throws Exception {
        ProgramProcess.Ended first = faulty();
        String said = first.lines().stream()
                .filter(line -> line.startsWith("trust-pipeline: "))
                .findFirst()
                .orElse("");
        @Nullable String problem = null;
        if (struck() == 0) {
            problem = "the fault did not fall";
        } else if (first.status() != 0 && !documented.has(first)) {
            problem = "not a documented error: " + first.status() + " " + first.text();
        } else if (first.status() != 0) {
            ProgramProcess.Ended second = healed();
            if (second.status() != 0) {
                problem = "does not resume: " + second.status() + " " + second.text();
            }
        }
        if (problem == null && !finalState().equals(right)) {
            problem = "the final state is\n" + finalState() + "\nnot\n" + right;
        }
        return new Outcome(pair, how, struck(), first.status(), said, problem);
    }

    /** Runs all, a few at once, and asserts that none has a problem. */
    static void requireNoProblem(List<Callable<Outcome>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Outcome>> running = new ArrayList<>();
            for (Callable<Outcome> each : all) {
                running.add(threads.submit(each));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> each : running) {
                Outcome outcome = each.get();
                System.out.println(outcome);
                outcomes.add(outcome);
            }
            System.out.printf(
                    "%d distinct fault × call pairs in %d trials: %d completed at once, %d stopped and resumed, %d problems%n",
                    outcomes.stream().map(Outcome::pair).distinct().count(),
                    outcomes.size(),
                    outcomes.stream().filter(outcome -> outcome.status() == 0).count(),
                    outcomes.stream().filter(outcome -> outcome.status() != 0).count(),
                    outcomes.stream()
                            .filter(outcome -> outcome.problem() != null)
                            .count());
            assertThat(outcomes)
                    .allSatisfy(outcome ->
                            assertThat(outcome.problem()).as(outcome.pair()).isNull());
        } finally {
            threads.shutdownNow();
        }
    }
}
