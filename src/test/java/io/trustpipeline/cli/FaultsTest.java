package io.trustpipeline.cli;

import io.trustpipeline.faults.DatabaseProxy;
import io.trustpipeline.faults.FaultPlan;
import io.trustpipeline.faults.FaultProxy;
import io.trustpipeline.faults.TopicServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What fails outside, one fault on one call at a time, on the wire: each run completes right, or stops with an error that
 * {@code docs/errors.md} documents and completes right when it is started again. {@code faults.seeds} says how often each
 * pair is tried: three times each is hit once, a few times in a row, and for as long as the first process lasts.
 */
@Tag("faults")
class FaultsTest {
    private static final int AT_ONCE = 3;
    private static final int SEEDS = Integer.getInteger("faults.seeds", 3);

    @TempDir
    static Path shared;

    private static String comments;
    private static Path models;
    private static FinalState right;
    private static NamedErrors documented;

    private final AtomicInteger runs = new AtomicInteger();

    @BeforeAll
    static void run_once_without_a_fault() throws Exception {
        comments = SmallData.comments(shared.resolve("comments.csv"), 30).toString();
        models = SmallData.models(shared.resolve("models"));
        documented = NamedErrors.documented();
        right = withoutFault(comments);
    }

    private static FinalState withoutFault(String warehouse) throws Exception {
        try (FaultyRun run = new FaultyRun(shared.resolve("right"), models)) {
            ProgramProcess.Ended ended =
                    run.run(warehouse, run.environment(run.store().endpoint()));
            assertThat(ended.status()).as(ended.text()).isZero();
            return run.finalState();
        }
    }

    @Test
    void whatever_the_storage_does_no_row_is_lost_or_doubled() throws Exception {
        List<Callable<FaultyRun.Outcome>> all = new ArrayList<>();
        List<ServiceFault> faults = ServiceFault.ofStorage();
        for (ServiceFault fault : faults) {
            for (int seed = 0; seed < SEEDS; seed++) {
                int times = ServiceFault.times(faults.indexOf(fault) + seed);
                all.add(() -> storage(fault, times));
            }
        }
        none_has_a_problem(all);
    }

    private FaultyRun.Outcome storage(ServiceFault fault, int times) throws Exception {
        FaultPlan plan = new FaultPlan(fault.fault(), fault.call(), 0, times);
        try (FaultyRun run = fresh();
                FaultProxy proxy = new FaultProxy(run.store().endpoint(), plan)) {
            Map<String, String> environment = run.environment(proxy.endpoint());
            return run.run(
                    fault.fault() + " × " + fault.what() + " × " + times,
                    new Surroundings(run, comments, environment, plan::struck, plan::heal),
                    documented,
                    right);
        }
    }

    @Test
    void whatever_the_topic_does_people_are_told_the_same_once_or_again() throws Exception {
        List<Callable<FaultyRun.Outcome>> all = new ArrayList<>();
        List<ServiceFault> faults = ServiceFault.ofTopic();
        for (ServiceFault fault : faults) {
            for (int seed = 0; seed < SEEDS; seed++) {
                int times = ServiceFault.times(faults.indexOf(fault) + seed);
                all.add(() -> topic(fault, times));
            }
        }
        none_has_a_problem(all);
    }

    private FaultyRun.Outcome topic(ServiceFault fault, int times) throws Exception {
        FaultPlan plan = new FaultPlan(fault.fault(), fault.call(), 0, times);
        try (FaultyRun run = fresh();
                TopicServer topic = new TopicServer();
                FaultProxy proxy = new FaultProxy(topic.endpoint(), plan)) {
            Map<String, String> environment = run.environment(run.store().endpoint());
            environment.put("TRUST_NOTIFY_TOPIC_ARN", "arn:aws:sns:us-east-2:123456789012:told");
            environment.put("AWS_ENDPOINT_URL_SNS", proxy.endpoint().toString());
            FinalState toTopic = new FinalState(right.objects(), right.manifest(), Map.of());
            FaultyRun.Outcome outcome = run.run(
                    fault.fault() + " × " + fault.what() + " × " + times,
                    new Surroundings(run, comments, environment, plan::struck, plan::heal),
                    documented,
                    toTopic);
            List<String> told = topic.messages().stream()
                    .filter(message -> !message.contains("exit_code"))
                    .distinct()
                    .toList();
            assertThat(told).as(outcome.name()).hasSize(1);
            return outcome;
        }
    }

    @Test
    void whatever_the_warehouse_does_no_row_is_lost_or_doubled() throws Exception {
        try (CommentsDatabase database = CommentsDatabase.start(Path.of(comments))) {
            FinalState fromDatabase = withoutFault(database.url(database.port()));
            List<Callable<FaultyRun.Outcome>> all = new ArrayList<>();
            for (DatabaseProxy.Fault fault : DatabaseProxy.Fault.values()) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    int afterBytes = List.of(300, 800, 2_000).get(seed % 3);
                    all.add(() -> warehouse(database, fault, afterBytes, fromDatabase));
                }
            }
            none_has_a_problem(all);
        }
    }

    private FaultyRun.Outcome warehouse(
            CommentsDatabase database, DatabaseProxy.Fault fault, int afterBytes, FinalState fromDatabase)
            throws Exception {
        try (FaultyRun run = fresh();
                DatabaseProxy proxy = new DatabaseProxy(database.port(), fault, afterBytes, Integer.MAX_VALUE)) {
            Map<String, String> environment = run.environment(run.store().endpoint());
            environment.put("TRUST_WAREHOUSE_STATEMENT_TIMEOUT", "2s");
            return run.run(
                    fault + " × the query × after " + afterBytes + " bytes",
                    new Surroundings(run, database.url(proxy.port()), environment, proxy::struck, proxy::heal),
                    documented,
                    fromDatabase);
        }
    }

    private FaultyRun fresh() throws Exception {
        return new FaultyRun(shared.resolve("run-" + runs.incrementAndGet()), models);
    }

    private static void none_has_a_problem(List<Callable<FaultyRun.Outcome>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<FaultyRun.Outcome>> running = new ArrayList<>();
            for (Callable<FaultyRun.Outcome> each : all) {
                running.add(threads.submit(each));
            }
            List<FaultyRun.Outcome> outcomes = new ArrayList<>();
            for (Future<FaultyRun.Outcome> each : running) {
                FaultyRun.Outcome outcome = each.get();
                System.out.println(outcome);
                outcomes.add(outcome);
            }
            assertThat(outcomes)
                    .allSatisfy(outcome ->
                            assertThat(outcome.problem()).as(outcome.name()).isNull());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A proxy between, and later none. */
    private record Surroundings(
            FaultyRun run, String warehouse, Map<String, String> environment, IntSupplier hits, Runnable heal)
            implements FaultyRun.Surroundings {
        @Override
        public ProgramProcess.Ended faulty() throws Exception {
            return run.run(warehouse, environment);
        }

        @Override
        public int struck() {
            return hits.getAsInt();
        }

        @Override
        public ProgramProcess.Ended healed() throws Exception {
            heal.run();
            return run.run(warehouse, environment);
        }
    }
}
